import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTINGS, LIMIT_UNITS, type ConditionDraft } from './contract.ts'
import { cellsOf, changes, draftIn, headingAt, headings, keyIn, placesOf, tidyDraft } from './rules.ts'
import { readSheet, writeSheet } from './sheet.ts'

const DRAFT: ConditionDraft = {
  category: '01-10',
  ordinal: 1,
  text: { zh: '垃圾裸露', en: 'Rubbish lies open' },
  closing: { zh: '已清运', en: 'Cleared' },
  limit: { amount: 4, unit: 'wh', counting: 'elapsed' },
  urgency: 'fast',
  amberShare: 0.5,
  nearM: 50,
  nearHours: 24,
  proof: 'photo',
}

const PLACES = placesOf(headings()) ?? new Map()
const asText = (draft: ConditionDraft) => cellsOf(draft, '暴露垃圾').map(String)

/** Texts that files are known to spoil. */
const odd = fc.constantFrom(
  '=1+1',
  "'=x",
  '+86',
  '-',
  '@',
  '01-10',
  '1/2',
  'a\nb',
  '"',
  ';',
  '_x000D_',
  'constructor',
  '<&>',
  '0x10',
  "'",
)
const text = fc
  .oneof(
    odd,
    fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  .filter(
    (value) =>
      value.isWellFormed() && value.replaceAll(/[\s\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]/gu, '') !== '',
  )
const texts = fc.record({ zh: text, en: text })
const drafts = fc
  .record({
    ordinal: fc.integer({ min: 1, max: 99 }),
    text: texts,
    closing: texts,
    limit: fc.record({
      amount: fc.integer({ min: 1, max: 1000 }),
      unit: fc.constantFrom(...LIMIT_UNITS),
      counting: fc.constantFrom(...COUNTINGS),
    }),
    urgency: fc.constantFrom('urgent', 'fast', 'normal', 'long'),
    amberShare: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    nearM: fc.nat({ max: 5000 }),
    nearHours: fc.nat({ max: 8760 }),
    proof: fc.constantFrom('none', 'photo'),
  })
  .map((draft) => tidyDraft({ ...draft, category: '01-10' }))

test.each(['csv', 'xlsx'] as const)(
  'what is written as %s is read as it was',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(drafts, { minLength: 1, maxLength: 100, size: 'max' }), async (list) => {
        const file = await writeSheet(format, [
          headings(),
          ...list.map((draft) => cellsOf(draft, '暴露垃圾')),
        ])
        const content = Buffer.from(file).toString('base64')
        const [head = [], ...rows] = await readSheet({ format, content, encoding: 'base64' })
        const places = placesOf(head) ?? new Map()
        expect(rows.map((row) => draftIn(row, places, undefined))).toEqual(list)
      }),
      { numRuns: format === 'csv' ? 50 : 5, endOnFailure: true },
    )
  },
  60_000,
)

test('headings in either language, in any order', () => {
  const places = placesOf([' Class', 'LIMIT', '条件序号', 'unit', '类别 class'])
  expect(places && keyIn(['01-10 暴露垃圾', '8', '2', '工作日'], places)).toBe('01-10-2')
  expect(placesOf(['类别', '时限'])).toBeNull()
})

test('an empty cell keeps what is in force, and in a new condition is the usual', () => {
  const inForce = { ...DRAFT, id: 7, version: 3, amberShare: 0.3, proof: 'none' as const }
  const row = asText(DRAFT).map((cell, n) => (n === 6 ? '8' : n < 2 ? cell : ''))
  expect(draftIn(row, PLACES, inForce)).toEqual({
    ...DRAFT,
    limit: { ...DRAFT.limit, amount: 8 },
    amberShare: 0.3,
    proof: 'none',
  })
  const bare = asText(DRAFT).map((cell, n) => (n === 8 || n > 9 ? '' : cell))
  expect(draftIn(bare, PLACES, undefined)).toEqual(DRAFT)
})

test.each([
  [7, '工作日', { limit: { ...DRAFT.limit, unit: 'wd' } }],
  [7, 'wd', { limit: { ...DRAFT.limit, unit: 'wd' } }],
  [8, '次日起算', { limit: { ...DRAFT.limit, counting: 'next_day' } }],
  [10, '30%', { amberShare: 0.3 }],
  [10, '30 ％', { amberShare: 0.3 }],
  [6, ' 5 ', { limit: { ...DRAFT.limit, amount: 5 } }],
  [6, 'five', { limit: { ...DRAFT.limit, amount: 'five' } }], // for validation to name
  [0, '2026-01-10', { category: '2026-01-10' }],
])('column %d with %j', (column, cell, expected) => {
  const row = asText(DRAFT).with(column, cell)
  expect(draftIn(row, PLACES, undefined)).toEqual({ ...DRAFT, ...expected })
})

test('changes are named by field, and a field by its heading', () => {
  const other = { ...DRAFT, nearM: 20, limit: { ...DRAFT.limit, unit: 'wd' as const } }
  expect(changes(DRAFT, other)).toEqual(['/limit/unit', '/nearM'])
  expect(changes(DRAFT, structuredClone(DRAFT))).toEqual([])
  expect([headingAt('/limit/unit')?.zh, headingAt('')]).toEqual(['时限单位', null])
})

test.each([
  ['a spreadsheet that is none', 'xlsx', 'hello'],
  ['an archive that is none', 'xlsx', 'PK\x05\x06'.padEnd(30, '\0')],
  ['quotes that do not match', 'csv', '类别,条件序号\n"01-10,1'],
  ['too many rows', 'csv', 'a\n'.repeat(5001)],
] as const)('%s is refused', async (_, format, content) => {
  const file = {
    format,
    content: Buffer.from(content, 'latin1').toString('base64'),
    encoding: 'base64' as const,
  }
  await expect(readSheet(file)).rejects.toMatchObject({
    problem: { status: 422, type: 'urn:wangge:bad-file' },
  })
})

test.each([
  ['GB 18030', Buffer.from('c0e0b1f02cccf5bcfe', 'hex'), [['类别', '条件']]],
  [
    'semicolons',
    Buffer.from('a;b\n1;2,5'),
    [
      ['a', 'b'],
      ['1', '2,5'],
    ],
  ],
  [
    'a mark of order',
    Buffer.from('\uFEFFa,b\r\n1,2\r\n'),
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['an empty line', Buffer.from('a,b\n\n1,2'), [['a', 'b'], [''], ['1', '2']]],
])('CSV with %s', async (_, bytes, rows) => {
  expect(await readSheet({ format: 'csv', content: bytes.toString('base64'), encoding: 'base64' })).toEqual(
    rows,
  )
})
