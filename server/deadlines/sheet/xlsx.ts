import { parentPort, workerData } from 'node:worker_threads'
import { readSheet } from 'read-excel-file/universal'

/** A thread that reads the first sheet of a spreadsheet, and says its rows. */

/** Unpacked; 5,000 rows of our columns have about 5 MB. */
const MAX_BYTES = 60e6

const { bytes, maxRows } = workerData as { bytes: Uint8Array; maxRows: number }

if (unpackedBytes(Buffer.from(bytes)) > MAX_BYTES) throw new Error('it would unpack to too much')
const rows = await readSheet(new Uint8Array(bytes).buffer)
parentPort?.postMessage(rows.slice(0, maxRows).map((row) => row.map(textOf)))

/** A code that a spreadsheet has made a date of is shown as a date, so that it is refused and not guessed at. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

/** By the archive's list of contents; the reader takes no more memory than is listed there. */
function unpackedBytes(archive: Buffer): number {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0) throw new Error('not an archive')
  let sum = 0
  for (let at = archive.readUInt32LE(end + 16); at + 46 <= archive.length;) {
    if (archive.readUInt32LE(at) !== 0x02014b50) break
    sum += archive.readUInt32LE(at + 24)
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return sum
}
