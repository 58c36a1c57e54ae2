import { Readable } from 'node:stream'
import type { Cell, Column } from '../sheet.ts'
import { zipOf, type Entry } from './zip.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What never changes: one workbook with one sheet, and three styles: plain, heading, instant. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}
const [HEADING, INSTANT] = [1, 2]

/** A workbook as a stream of bytes. Texts are texts, so that none is a formula; instants are by the clock of China. */
export function xlsxOf<T>(columns: readonly Column<T>[], rows: AsyncIterable<T>): AsyncGenerator<Buffer> {
  const parts = Object.entries(PARTS).map(([name, text]): Entry => ({
    name,
    content: Readable.from([XML + text]),
  }))
  const sheet = { name: 'xl/worksheets/sheet1.xml', content: Readable.from(inPieces(sheetOf(columns, rows))) }
  return zipOf([...parts, sheet])
}

async function* sheetOf<T>(columns: readonly Column<T>[], rows: AsyncIterable<T>): AsyncGenerator<string> {
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  )
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
  yield `<cols>${widths.join('')}</cols><sheetData>`
  const letters = columns.map((_, i) => lettersOf(i))
  let n = 1
  const rowOf = (cells: readonly Cell[], style?: number) => {
    const filled = cells.map((cell, i) => cellOf(`${letters[i]}${n}`, cell, style))
    return `<row r="${n++}">${filled.join('')}</row>`
  }
  yield rowOf(
    columns.map(({ heading }) => heading),
    HEADING,
  )
  for await (const row of rows) yield rowOf(columns.map(({ cell }) => cell(row)))
  yield '</sheetData></worksheet>'
}

const PIECE = 64 * 1024

/** Row by row would cost the compression more than the rows do. */
async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece = ''
  for await (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    yield Buffer.from(piece)
    piece = ''
  }
  yield Buffer.from(piece)
}

/** A, B, … Z, AA, … */
function lettersOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last
}

function cellOf(at: string, cell: Cell, style = 0): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (cell instanceof Date) return `<c r="${at}" s="${INSTANT}"><v>${serialOf(cell)}</v></c>`
  return `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const [CHINA, DAY, EPOCH] = [8 * 3_600_000, 86_400_000, 25_569]

/** Days since the beginning of 1900, as spreadsheets count them. */
function serialOf(at: Date): number {
  return (at.getTime() + CHINA) / DAY + EPOCH
}

// oxlint-disable-next-line no-control-regex -- what XML 1.0 cannot hold
const UNHEARD_OF = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** `_x0041_` in a text would be read as A. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNHEARD_OF, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}
