import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parse, type CsvError } from 'csv-parse'
import { Wrong } from './usage.ts'

/** One row of a table, counted from 1 as a spreadsheet shows it (for CSV: the line on which it ends). */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Why the row could not be taken apart, where it could not. */
  readonly broken?: string
}

export interface Table {
  readonly encoding: 'utf-8' | 'gb18030'
  /** From the beginning, as often as wanted; never more than a few rows are held. */
  readonly rows: () => AsyncGenerator<TableRow>
  readonly close: () => Promise<void>
}

const MAX_ROW = 1 << 20

/** Opens CSV or XLSX by its first bytes, whatever its name. */
export async function openTable(file: string, sheet?: string): Promise<Table> {
  await stat(file).catch((cause: unknown) => {
    throw new Wrong(`无法读取文件 ${file}`, `The file ${file} cannot be read`, { cause })
  })
  if (!(await isZip(file))) return openCsv(file, async () => {})
  const folder = await mkdtemp(join(tmpdir(), 'wangge-xlsx-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const csv = join(folder, 'sheet.csv')
    await unpack(file, csv, sheet)
    return await openCsv(csv, remove)
  } catch (error) {
    await remove()
    throw error
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === 'PK\x03\x04'
  } finally {
    await handle.close()
  }
}

/** The heap is bounded, so that a file made to exhaust memory ends the reader and not the machine. */
async function unpack(file: string, csv: string, sheet: string | undefined): Promise<void> {
  const program = fileURLToPath(import.meta.resolve('./xlsx.ts'))
  const args = ['--max-old-space-size=400', program, file, csv, ...(sheet === undefined ? [] : [sheet])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  const reason = code === 1 ? said.join('').slice(0, 300) : 'too large for this reader; save it as CSV'
  throw new Wrong(`无法读取 ${file}：${reason}（过大时请另存为 CSV）`, `${file} cannot be read: ${reason}`)
}

async function openCsv(file: string, close: Table['close']): Promise<Table> {
  const encoding = await encodingOf(file)
  const delimiter = await delimiterOf(file, encoding)
  return { encoding, rows: () => readRows(file, encoding, delimiter), close }
}

/** The whole file decides: a Chinese name may stand in its last row. */
async function encodingOf(file: string): Promise<Table['encoding']> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(file)) decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

async function* textOf(file: string, encoding: Table['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

async function delimiterOf(file: string, encoding: Table['encoding']): Promise<string> {
  for await (const text of textOf(file, encoding)) {
    const head = text.slice(0, 4000)
    const count = (sign: string): number => head.split(sign).length
    return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  }
  return ','
}

async function* readRows(
  file: string,
  encoding: Table['encoding'],
  delimiter: string,
): AsyncGenerator<TableRow> {
  const broken: TableRow[] = []
  const parser = parse({
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW,
    on_skip: (error: CsvError | undefined, raw) => {
      broken.push({
        line: Number(error?.['lines'] ?? 0),
        cells: [String(raw ?? '').slice(0, 200)],
        broken: error?.code ?? '',
      })
      return undefined
    },
  })
  const source = Readable.from(textOf(file, encoding))
  source.once('error', (error) => parser.destroy(error))
  source.pipe(parser)
  for await (const item of parser) {
    const { record, info } = item as { record: readonly string[]; info: { readonly lines: number } }
    while (broken[0] && broken[0].line <= info.lines) yield* broken.splice(0, 1)
    yield { line: info.lines, cells: record.map(unescaped) }
  }
  yield* broken
}

/** Takes off what was put before a text so that no spreadsheet reads it as a formula. */
function unescaped(cell: string): string {
  return /^'[=+\-@＝＋－＠\t\r]/.test(cell) ? cell.slice(1).trim() : cell.trim()
}
