import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { refsOf, type Ref } from './identity.ts'
import { openRejects } from './rejects.ts'
import { openTable, type TableRow } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-table-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = (name: string): string => join(folder, name)

async function rowsOf(file: string, sheet?: string): Promise<TableRow[]> {
  const table = await openTable(file, sheet)
  const rows: TableRow[] = []
  for await (const row of table.rows()) rows.push(row)
  await table.close()
  return rows
}

const cells = async (content: string | Uint8Array): Promise<readonly (readonly string[])[]> => {
  writeFileSync(path('x.csv'), content)
  return (await rowsOf(path('x.csv'))).map((row) => row.cells)
}

/** 编号,类别 / 1,垃圾 */
const GB18030 = Uint8Array.from([
  0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc0, 0xe0, 0xb1, 0xf0, 0x0d, 0x0a, 0x31, 0x2c, 0xc0, 0xac, 0xbb, 0xf8,
])

test.each<[string, string | Uint8Array]>([
  ['UTF-8', '编号,类别\n1,垃圾\n'],
  ['UTF-8 with a mark, Windows lines', '\uFEFF编号,类别\r\n1,垃圾\r\n'],
  ['GB 18030', GB18030],
  ['semicolons', '编号;类别\n1;垃圾'],
  ['tabs', '编号\t类别\n1\t垃圾'],
  ['quotes and spaces', '"编号", 类别 \n"1","垃圾"'.replace(', ', ',')],
  ['empty lines', '编号,类别\n\n1,垃圾\n\n'],
])('%s', async (_, content) => {
  expect(await cells(content)).toEqual([
    ['编号', '类别'],
    ['1', '垃圾'],
  ])
})

test('lines, commas and quotes inside a cell', async () => {
  expect(await cells('a,b\n"x\ny, ""z""",2')).toEqual([
    ['a', 'b'],
    ['x\ny, "z"', '2'],
  ])
})

test('a row of another length stays a row', async () => {
  expect(await cells('a,b\n1\n1,2,3')).toEqual([['a', 'b'], ['1'], ['1', '2', '3']])
})

test('stray quotes are text, and a quote that is never closed is named with its row', async () => {
  expect(await cells('a,b\n1,"x"y\n3,4\n')).toEqual([
    ['a', 'b'],
    ['1', '"x"y'],
    ['3', '4'],
  ])
  writeFileSync(path('open.csv'), 'a,b\n1,2\n3,"x\n5,6\n')
  const rows = await rowsOf(path('open.csv'))
  expect(rows.map(({ cells: texts, broken }) => broken ?? texts)).toEqual([
    ['a', 'b'],
    ['1', '2'],
    'CSV_QUOTE_NOT_CLOSED',
  ])
})

test('what was disarmed for spreadsheets is read as it was', async () => {
  expect(await cells("a\n'-119.9\n'=1+1\n'tis\n")).toEqual([['a'], ['-119.9'], ['=1+1'], ["'tis"]])
})

test('XLSX: texts, numbers, dates as the clock shows them, and a sheet by its name', async () => {
  const date = new Date(Date.UTC(2026, 2, 6, 16, 5, 9))
  await writeXlsxFile(
    [
      { data: [[{ value: '甲' }]], sheet: '说明' },
      {
        data: [
          [{ value: '编号' }, { value: '经度' }, { value: '时间' }, { value: '空' }],
          [
            { value: 'A1' },
            { value: 119.9, type: Number },
            { value: date, type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
            null,
          ],
        ],
        sheet: '台账',
      },
    ],
    {},
  ).toFile(path('book.xlsx'))
  expect((await rowsOf(path('book.xlsx'))).map((row) => row.cells)).toEqual([['甲']])
  expect((await rowsOf(path('book.xlsx'), '台账')).map((row) => row.cells)).toEqual([
    ['编号', '经度', '时间', '空'],
    ['A1', '119.9', '2026-03-06 16:05:09', ''],
  ])
  await expect(rowsOf(path('book.xlsx'), '没有')).rejects.toThrow(/说明, 台账/)
})

test('an archive that would unpack to gigabytes is refused unread, and nothing is left behind', async () => {
  writeFileSync(
    path('bomb.xlsx'),
    archive('xl/worksheets/sheet1.xml', Buffer.alloc(1_000_000), 4_000_000_000),
  )
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('wangge-xlsx-'))
  await expect(rowsOf(path('bomb.xlsx'))).rejects.toThrow(/more than 500 MB/)
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('wangge-xlsx-'))).toEqual(before)
})

test.each<[string, string | Uint8Array]>([
  ['a zip that is no workbook', archive('readme.txt', Buffer.from('x'), 1)],
  ['half a zip', Buffer.from('PK\u0003\u0004 and then nothing')],
])('%s is refused in words', async (_, content) => {
  writeFileSync(path('no.xlsx'), content)
  await expect(rowsOf(path('no.xlsx'))).rejects.toThrow(/cannot be read/)
})

/** A zip of one file, whose list of contents says that it unpacks to `size` bytes. */
function archive(name: string, content: Buffer, size: number): Buffer {
  const packed = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.write('PK\u0003\u0004', 'latin1')
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.write('PK\u0001\u0002', 'latin1')
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end])
}

const rowOf = (line: number, ...texts: string[]): TableRow => ({ line, cells: texts })
const value = (ref: Ref) => (ref.ok ? ref.value : ref.why.en)

test('a row is the same row by its number, else by its content and its place among its equals', () => {
  const numbered = refsOf('12345', 0)
  expect(value(numbered(rowOf(2, 'A1', 'x')))).toBe('12345:A1')
  expect(value(numbered(rowOf(3, 'A1', 'y')))).toBe('Number A1 stands in row 2 already')
  expect(value(numbered(rowOf(4, '', 'y')))).toMatch(/^12345:row:[0-9a-f]{32}:0$/)
  const [first, second] = [refsOf('i', undefined), refsOf('i', undefined)]
  const refs = ['a', 'b', 'a'].map((text, n) => value(first(rowOf(n, text))))
  expect(new Set(refs).size).toBe(3)
  expect(['b', 'a', 'a'].map((text, n) => value(second(rowOf(n, text)))).toSorted()).toEqual(refs.toSorted())
})

test('refused rows are written with both reasons, and no text as a formula', async () => {
  const rejects = await openRejects(path('r.csv'), ['a', 'b'])
  await rejects.add({ line: 7, cells: ['=cmd()', '＝１'] }, { zh: '坏', en: 'bad' })
  expect(await rejects.close()).toBe(1)
  expect((await rowsOf(path('r.csv'))).map((row) => row.cells)).toEqual([
    ['行号 row', '原因', 'reason', 'a', 'b'],
    ['7', '坏', 'bad', '=cmd()', '＝１'],
  ])
  expect(readFileSync(path('r.csv'), 'utf8')).toContain("7,坏,bad,'=cmd(),'＝１")
})

test('without refused rows there is no file', async () => {
  const rejects = await openRejects(path('none.csv'), ['a'])
  expect(await rejects.close()).toBe(0)
  expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([])
})
