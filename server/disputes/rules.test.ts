import { expect, test } from 'vitest'
import { disputesOf } from '../../geodata/demo/disputes.ts'
import { readDemo } from '../../geodata/demo/read.ts'
import type { Risk, Scale, Sign, Source, Status } from './contract.ts'
import {
  confirmUntil,
  disputeNumber,
  endOf,
  firstSessionBy,
  maskName,
  maskPhone,
  maskText,
  monthFrom,
  nextOf,
  proposeRisk,
  revisitsFrom,
} from './rules.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const shown = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16)

test.each<readonly [Risk, Scale, number, readonly Sign[], Source, string]>([
  // risk     scale people signs                   source         because
  ['blue', '01', 2, [], 'checking', '排查发现的苗头'],
  ['yellow', '01', 2, [], 'application', '当事人已提出'],
  ['yellow', '01', 49, [], 'hotline', '当事人已提出'],
  ['orange', '01', 50, [], 'checking', '涉及 50 人及以上'],
  ['orange', '02', 5, [], 'checking', '一般群体性'],
  ['orange', '01', 2, ['violence'], 'application', '扬言暴力'],
  ['orange', '01', 2, ['police', 'minor'], 'application', '曾报警、涉及未成年人'],
  ['red', '01', 2, ['weapon'], 'checking', '涉及凶器'],
  ['red', '01', 2, ['violence', 'police'], 'application', '扬言暴力且曾报警'],
  ['red', '01', 2, ['police', 'rounds'], 'referral', '曾报警且多次调解未成'],
  ['red', '01', 2, ['violence', 'minor'], 'referral', '扬言暴力且涉及未成年人'],
  ['red', '03', 100, [], 'referral', '重大群体性、涉及 100 人及以上'],
])('%s is proposed for scale %s, %i people, %j, %s', (risk, scale, people, signs, source, because) => {
  const proposal = proposeRisk({ scale, people, signs, source })
  expect(proposal.risk).toBe(risk)
  expect(proposal.because.map(({ zh }) => zh).join('、')).toBe(because)
})

test('a further sign never lowers the proposal', () => {
  const order = ['blue', 'yellow', 'orange', 'red']
  const all: readonly Sign[] = ['violence', 'police', 'weapon', 'minor', 'rounds']
  for (let bits = 0; bits < 32; bits++) {
    const signs = all.filter((_, k) => bits & (1 << k))
    const less = proposeRisk({ scale: '01', people: 2, signs, source: 'checking' }).risk
    for (const sign of all) {
      const more = proposeRisk({ scale: '01', people: 2, signs: [...signs, sign], source: 'checking' }).risk
      expect(order.indexOf(more)).toBeGreaterThanOrEqual(order.indexOf(less))
    }
  }
})

test('the demo has the colours that the rules propose', () => {
  const disputes = disputesOf(readDemo(), at('2026-11-23T16:30'))
  for (const dispute of disputes) expect(proposeRisk(dispute).risk, dispute.summary).toBe(dispute.risk)
})

test.each([
  ['red', '2026-03-06T10:00', '2026-03-06T23:59'],
  ['orange', '2026-03-06T10:00', '2026-03-09T10:00'],
  ['yellow', '2026-03-06T10:00', '2026-03-13T10:00'],
  ['blue', '2026-03-06T10:00', '2026-03-13T10:00'],
] as const)('the first session of a %s dispute registered %s is due %s', (risk, registered, due) => {
  expect(shown(firstSessionBy(risk, at(registered)))).toBe(due)
})

test('a month has thirty days after that of registration, revisits 7, 30 and 90, confirmation 30', () => {
  expect(shown(monthFrom(at('2026-02-10T09:00')))).toBe('2026-03-12T23:59')
  expect(revisitsFrom('orange', at('2026-03-06T10:00')).map(shown)).toEqual([
    '2026-03-13T23:59',
    '2026-04-05T23:59',
    '2026-06-04T23:59',
  ])
  expect(revisitsFrom('yellow', at('2026-03-06T10:00'))).toEqual([])
  expect(confirmUntil('2026-01-31')).toBe('2026-03-02')
})

test.each([
  ['2026-02-28', '2026-02-28T23:59'],
  ['2026-02-29', 'none'],
  ['2026-13-01', 'none'],
])('the day %s ends at %s', (day, end) => {
  const found = endOf(day)
  expect(Number.isNaN(found) ? 'none' : shown(found)).toBe(end)
})

test.each<readonly [Status, number | null, readonly number[], string]>([
  ['registered', 5, [], 'first-session 5'],
  ['mediating', 30, [], 'mediation 20'],
  ['mediating', null, [], 'mediation 20'],
  ['agreed', null, [8, 3], 'revisit 3'],
  ['performed', null, [], 'nothing'],
  ['failed', null, [9], 'revisit 9'],
  ['archived', null, [9], 'nothing'],
])('%s, first session due %s, revisits %j: next is %s', (status, firstDueAt, revisits, expected) => {
  const next = nextOf({ status, firstDueAt, dueAt: 20, performBy: null, revisits })
  expect(next ? `${next.kind} ${next.at}` : 'nothing').toBe(expected)
})

test.each([
  ['陈某0001甲', '陈**'],
  ['欧阳某', '欧**'],
  ['𠮷某', '𠮷**'],
  ['某某物业公司', '某**'],
  [' ', '***'],
])('%s is shown as %s', (name, masked) => expect(maskName(name)).toBe(masked))

test.each([
  ['10012340123', '100****0123'],
  ['100 1234 0123', '100****0123'],
  ['+86 10012340123', '861******0123'],
  ['0523-8000000', '052****0000'],
  ['12345', '***45'],
])('telephone %s is shown as %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

test.each([
  ['陈某0001甲说李某0001乙不讲理', '陈**说李**不讲理'],
  ['电话10012340123，或 100 1234 0123', '电话100****0123，或 100****0123'],
  ['身份证 320000000000000000', '身份证 320***********0000'],
  ['2026-03-06 赔偿 5000 元', '2026-03-06 赔偿 5000 元'],
  ['陈某0001甲乙', '陈**'],
])('%s reads %s', (text, masked) => {
  const people = ['陈某0001甲', '李某0001乙', '陈某0001甲乙'].map((name) => ({ name, phone: null }))
  expect(maskText(text, people)).toBe(masked)
})

test('the number has the day of registration in China', () => {
  expect(disputeNumber(12, at('2026-03-06T00:30'))).toBe('jf-20260306-000012')
})
