import { beforeAll, describe, expect, test } from 'vitest'
import { disputesOf, type DemoDispute } from './disputes.ts'
import { readDemo } from './read.ts'

const demo = readDemo()
const DAY = 86_400_000
const hourOf = (at: number) => new Date(at + 8 * 3_600_000).getUTCHours()

// A Monday afternoon, a Sunday night, an early morning.
describe.each(['2026-11-23T16:30:00+08:00', '2026-06-14T23:50:00+08:00', '2027-02-08T05:00:00+08:00'])(
  'the disputes of the year that ends at %s',
  (day) => {
    const until = Date.parse(day)
    let disputes: readonly DemoDispute[]
    beforeAll(() => {
      disputes = disputesOf(demo, until)
    })

    test('are 688, in order, some of them open', () => {
      expect(disputes).toHaveLength(688)
      const at = disputes.map(({ registeredAt }) => registeredAt)
      expect(at).toEqual(at.toSorted((a, b) => a - b))
      expect(at.every((instant) => instant > until - 365 * DAY && instant <= until)).toBe(true)
      const open = disputes.filter(({ closedAt }) => closedAt === null)
      expect(open.length).toBeGreaterThan(5)
      for (const status of [
        'registered',
        'mediating',
        'agreed',
        'performed',
        'referred',
        'failed',
        'archived',
      ])
        expect(disputes.filter((dispute) => dispute.status === status).length, status).toBeGreaterThan(0)
    })

    test('went in an order that can have been, by day', () => {
      for (const { registeredAt, assignedAt, sessions, agreedAt, closedAt } of disputes) {
        const instants = [
          registeredAt,
          assignedAt,
          ...sessions.map(({ at }) => at),
          agreedAt,
          closedAt,
          until,
        ]
        const known = instants.filter((at) => at !== null)
        expect(known).toEqual(known.toSorted((a, b) => a - b))
      }
      const byNight = disputes.filter(({ registeredAt }) => hourOf(registeredAt) < 8 && registeredAt < until)
      expect(byNight.length).toBeLessThan(3)
    })

    test('name nobody: each name and telephone is invented, unlike any, and used once', () => {
      const parties = disputes.flatMap(({ parties: own }) => own)
      for (const { name, phone } of parties) {
        expect(name).toMatch(/^.某\d{4}[甲乙丙]$/)
        if (phone !== null) expect(phone).toMatch(/^100\d{8}$/)
      }
      const names = parties.map(({ name }) => name)
      const phones = parties.flatMap(({ phone }) => phone ?? [])
      expect(new Set(names).size).toBe(names.length)
      expect(new Set(phones).size).toBe(phones.length)
    })

    test('have texts in which the names stand, so that a leak is found', () => {
      for (const { summary, parties } of disputes) expect(summary).toContain(parties[0]?.name)
      expect(disputes.filter(({ summary }) => /100\d{8}/.test(summary)).length).toBeGreaterThan(50)
      expect(disputes.every(({ summary }) => !/@/.test(summary))).toBe(true)
    })
  },
)
