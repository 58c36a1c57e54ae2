import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import readXlsxFile from 'read-excel-file/node'

/**
 * Turns one sheet into CSV, in a process of its own: reading a spreadsheet takes the whole of it into memory, and the
 * memory goes with the process. `node xlsx.ts FILE.xlsx OUT.csv [SHEET]`
 */

/** Unpacked; a spreadsheet of 100,000 rows and ten columns has about 60 MB. */
const MAX_BYTES = 500e6
const MAX_ENTRIES = 2000

async function main([file, out, sheet]: readonly string[]): Promise<void> {
  if (file === undefined || out === undefined) throw new Error('a file and a place for its rows are needed')
  await checkArchive(file)
  const sheets = await readXlsxFile(file)
  const found = sheet === undefined ? sheets[0] : sheets.find(({ sheet: name }) => name === sheet)
  if (!found) throw new Error(`no such sheet; there are: ${sheets.map(({ sheet: name }) => name).join(', ')}`)
  const writer = stringify()
  const done = finished(writer.pipe(createWriteStream(out)))
  for (const row of found.data) {
    if (!writer.write(row.map(textOf))) await new Promise((resolve) => writer.once('drain', resolve))
  }
  writer.end()
  await done
}

/** A date cell is a clock on the wall, which the library gives as if it hung in Greenwich. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ')
  if (typeof cell === 'string') return cell.trim()
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

/** Reads the archive's list of contents: what would unpack to too much is refused unread. */
async function checkArchive(file: string): Promise<void> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, 65_557))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    if (end < 0) throw new Error('not a spreadsheet of the .xlsx kind')
    const [entries, length, start] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ]
    if (entries > MAX_ENTRIES || length > size || start > size)
      throw new Error('the archive is damaged or too large')
    const list = Buffer.alloc(length)
    await handle.read(list, 0, length, start)
    if (unpackedBytes(list) > MAX_BYTES) throw new Error(`it would unpack to more than ${MAX_BYTES / 1e6} MB`)
  } finally {
    await handle.close()
  }
}

function unpackedBytes(list: Buffer): number {
  let sum = 0
  for (let at = 0; at + 46 <= list.length && list.readUInt32LE(at) === 0x02014b50;) {
    sum += list.readUInt32LE(at + 24)
    at += 46 + list.readUInt16LE(at + 28) + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  return sum
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
