import { Worker } from 'node:worker_threads'
import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import writeXlsx from 'write-excel-file/node'
import { refuse, type Refusal } from '../http/problems.ts'
import type { Sheet } from './contract.ts'

type Cell = string | number

/** The first row is the headings. */
export async function writeSheet(
  format: Sheet,
  rows: readonly (readonly Cell[])[],
): Promise<string | Uint8Array> {
  if (format === 'csv') {
    return stringify(
      rows.map((row) => row.map((cell) => (typeof cell === 'string' ? guarded(cell) : cell))),
      { bom: true, record_delimiter: 'windows' },
    )
  }
  const [head = [], ...body] = rows
  const data = [
    head.map((cell) => ({ value: String(cell), fontWeight: 'bold' as const })),
    // As text, so that a spreadsheet leaves alone what is typed over it.
    ...body.map((row) =>
      row.map((cell) =>
        typeof cell === 'string' ? { value: escaped(cell), type: String, format: '@' } : { value: cell },
      ),
    ),
  ]
  const columns = head.map((cell) => ({ width: Math.max(12, String(cell).length + 6) }))
  return writeXlsx(data, { columns, stickyRowsCount: 1 }).toBuffer()
}

/**
 * What reads `_x0041_` as A must read `_x005F_x0041_` as it stands. The writer looks texts up in a plain object, where it finds
 * words like `constructor`.
 */
function escaped(text: string): string {
  if (text in Object.prototype)
    return `_x${text.charCodeAt(0).toString(16).padStart(4, '0')}_${text.slice(1)}`
  return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

/** No spreadsheet takes it for a formula; `unguarded` gives it back as it was. */
function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}

interface File {
  readonly format: Sheet
  readonly content: string
  readonly encoding?: 'text' | 'base64'
}

const MAX_BYTES = 5 * 1024 * 1024
const MAX_ROWS = 5000

/** All rows of a file, row by row as a spreadsheet numbers them, empty ones too. */
export async function readSheet({ format, content, encoding }: File): Promise<string[][]> {
  const rows =
    format === 'xlsx'
      ? await readXlsx(bytesOf(content))
      : readCsv(encoding === 'base64' ? textOf(bytesOf(content)) : content)
  if (rows.length > MAX_ROWS) throw bad(`超过 ${MAX_ROWS} 行`, `it has more than ${MAX_ROWS} rows`)
  return rows
}

function bytesOf(content: string): Buffer {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length > MAX_BYTES) throw bad('超过 5 MB', 'it is larger than 5 MB')
  return bytes
}

/** A Chinese spreadsheet saves CSV in GB 18030 unless told otherwise. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function readCsv(text: string): string[][] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      to: MAX_ROWS + 1,
    })
    return rows.map((row) => row.map(unguarded))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : '?'
    throw bad(`第 ${line} 行无法拆分，请检查引号`, `line ${line} cannot be taken apart; look at its quotes`)
  }
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1)
  const count = (sign: string): number => head.split(sign).length
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const PATIENCE_MS = 10_000

/** In a thread of its own: a file made to exhaust memory or time ends the thread and not the server. */
async function readXlsx(bytes: Buffer): Promise<string[][]> {
  const worker = new Worker(new URL('./sheet/xlsx.ts', import.meta.url), {
    workerData: { bytes, maxRows: MAX_ROWS + 1 },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    execArgv: [],
  })
  const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS)
  try {
    return await new Promise<string[][]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the reader ended without an answer')))
    })
  } catch (cause) {
    throw bad('不是可读的 XLSX 文件，或者过大', 'it is no readable XLSX file, or too large', cause)
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function bad(zh: string, en: string, cause?: unknown): Refusal {
  const refusal = refuse(
    'bad-file',
    { zh: `文件不能接受：${zh}。`, en: `The file is not acceptable: ${en}.` },
    { field: '/content' },
  )
  refusal.cause = cause
  return refusal
}
