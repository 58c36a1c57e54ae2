import { beforeAll, describe, expect, test } from 'vitest'
import { toLattice } from '../lattice.ts'
import { distanceM } from '../metres.ts'
import { locate } from '../topology.ts'
import { history, type DemoEvent, type History } from './history.ts'
import { INCIDENTS } from './incidents.ts'
import { readDemo } from './read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const demo = readDemo()

const norms = {
  termsOf: (category: string, at: number) => ({ dueAt: due(category, at), units: ['CG', 'JD'] }),
  raisedAt: (at: number) => [at, at + DAY, at + 2 * DAY],
}

/** A stand-in for the real limits: two hours for what is sold in streets, a week for livelihood and works, else a day or three. */
const due = (category: string, at: number) => {
  if (/^(04-0|01-2[89])/.test(category)) return at + 2 * HOUR
  if (/^(G[359]|01-1[13])$/.test(category)) return at + 7 * DAY
  return at + (/^G|^01-9/.test(category) ? 3 : 1) * DAY
}
const count = <T>(items: readonly T[], test: (item: T) => boolean) => items.filter(test).length
const monthOf = (at: number) => new Date(at + 8 * HOUR).getUTCMonth() + 1
const hourOf = (at: number) => new Date(at + 8 * HOUR).getUTCHours()

// A Monday afternoon, a Sunday night, and a day of the Spring Festival.
describe.each(['2026-11-23T16:30:00+08:00', '2026-06-14T23:50:00+08:00', '2027-02-08T08:00:00+08:00'])(
  'the year that ends at %s',
  (day) => {
    const until = Date.parse(day)
    let events: readonly DemoEvent[]
    let made: History
    beforeAll(() => {
      made = history(demo, new Date(until), norms)
      events = made.events
    })

    test('has the figures of the office: 9,568 events and 688 disputes, all within 365 days', () => {
      expect(events).toHaveLength(9568)
      expect(made.disputes).toHaveLength(688)
      const first = until - 365 * DAY
      for (const { reportedAt } of events) expect(reportedAt > first && reportedAt <= until).toBe(true)
      for (const { registeredAt } of made.disputes)
        expect(registeredAt > first && registeredAt <= until).toBe(true)
    })

    test('leaves about 150 cases open, some overdue, some about to be, a few on hold', () => {
      const open = events.filter(({ closedAt }) => closedAt === null)
      const running = open.filter(({ status }) => status !== 'held')
      expect(open.length).toBeGreaterThanOrEqual(130)
      expect(open.length).toBeLessThanOrEqual(160)
      expect(count(running, ({ dueAt }) => dueAt < until)).toBe(18)
      expect(count(running, ({ dueAt }) => dueAt > until && dueAt < until + HOUR)).toBeGreaterThanOrEqual(5)
      expect(count(running, ({ dueAt }) => dueAt > until && dueAt < until + 90_000)).toBeGreaterThanOrEqual(2)
      expect(count(running, ({ dueAt }) => dueAt > until + 3 * DAY)).toBeGreaterThanOrEqual(10)
      expect(count(open, ({ status }) => status === 'held')).toBe(6)
    })

    test('closes most in time', () => {
      const closed = events.filter(({ status }) => status === 'closed' || status === 'revisited')
      const inTime = count(closed, ({ closedAt, dueAt }) => (closedAt ?? 0) <= dueAt)
      expect(inTime / (closed.length + 18)).toBeGreaterThan(0.96)
      expect(inTime / (closed.length + 18)).toBeLessThan(0.985)
    })

    test('tells every case in an order that can have been', () => {
      const impossible = events.filter(({ occurredAt, reportedAt, closedAt, steps, status }) => {
        const instants = [occurredAt, ...steps.map(({ at }) => at), until]
        const last = steps.findLast(({ step }) => /^event.(closed|rejected|merged)$/.test(step))
        const ended = ['closed', 'revisited', 'rejected', 'merged'].includes(status)
        return !(
          instants.every((at, n) => Number.isInteger(at) && at >= (instants[n - 1] ?? 0)) &&
          steps[0]?.step === 'event.reported' &&
          steps[0].at === reportedAt &&
          steps.at(-1)?.status === status &&
          closedAt === (ended ? last?.at : null)
        )
      })
      expect(impossible).toEqual([])
      expect(events.map(({ reportedAt }) => reportedAt)).toEqual(
        events.map(({ reportedAt }) => reportedAt).toSorted((a, b) => a - b),
      )
    })
  },
)

describe('the history', () => {
  const until = new Date('2026-11-23T16:30:00+08:00')
  const { events, disputes } = history(demo, until, norms)

  test('is the same every time', () => {
    expect(history(demo, until, norms)).toEqual({ events, disputes })
  })

  test('comes from the channels in believable shares', () => {
    const share = (source: string) => count(events, (event) => event.source === source) / events.length
    expect(share('grid-worker')).toBeCloseTo(0.61, 1)
    expect(share('hotline-12345')).toBeCloseTo(0.155, 1)
    expect(share('patrol')).toBeCloseTo(0.085, 1)
    for (const source of ['public', 'video', 'department']) expect(share(source)).toBeGreaterThan(0.02)
  })

  test('follows the seasons, the week and the day', () => {
    const inMonths = (code: string, months: readonly number[]) =>
      count(events, (event) => event.category === code && months.includes(monthOf(event.occurredAt)))
    expect(inMonths('G7', [6, 10])).toBeGreaterThan(2 * inMonths('G7', [3, 4, 12]))
    expect(inMonths('01-25', [6, 7, 8])).toBeGreaterThan(3 * inMonths('01-25', [12, 1, 2]))
    expect(inMonths('05-07', [4, 5, 6, 7, 8, 9, 10])).toBe(0)
    const onWeekday = (n: number) =>
      count(events, ({ occurredAt }) => new Date(occurredAt + 8 * HOUR).getUTCDay() === n)
    expect(onWeekday(0)).toBeLessThan(0.7 * onWeekday(2))
    const atHour = (n: number) => count(events, ({ occurredAt }) => hourOf(occurredAt) === n)
    expect(atHour(9)).toBeGreaterThan(2 * atHour(12))
    expect(atHour(15)).toBeGreaterThan(2 * atHour(12))
    expect(atHour(3)).toBeLessThan(0.01 * events.length)
  })

  test('lies inside the sub-district, but for some on a border, some just outside and some farther out', () => {
    // The oracle is slow: every twelfth event, and all that lie on no atom or on several.
    const sample = events.filter((_, n) => n % 12 === 0)
    const covered = sample.map(({ position }) => locate(demo.fabric, toLattice(position)).length)
    expect(count(covered, (atoms) => atoms === 0)).toBeLessThanOrEqual(5)
    const positions = new Set(events.map(({ position }) => position.join()))
    expect(positions.size).toBeGreaterThan(9500)
    const kept = (degrees: number) => Math.round(degrees * 1e7) / 1e7 === degrees
    expect(events.every(({ position }) => position.every(kept))).toBe(true)
  })

  test('is not uniform: the hottest hundred metres have many times the mean', () => {
    const cells = new Map<string, number>()
    for (const { position } of events) {
      const cell = position.map((degrees) => Math.floor(degrees * 1000)).join()
      cells.set(cell, (cells.get(cell) ?? 0) + 1)
    }
    const hottest = Math.max(...cells.values())
    expect(hottest).toBeGreaterThan(20 * (events.length / cells.size))
  })

  test('names places of the sub-district, and no person or telephone', () => {
    const addresses = new Set(demo.buildings.map(({ address }) => address))
    const unknown = events.filter(
      ({ address }) => !addresses.has(address.replace(/附近$/, '')) && !address.startsWith('滨河街道'),
    )
    expect(unknown).toEqual([])
    const names = new RegExp(demo.grids.map(({ worker }) => worker.name).join('|'))
    expect(
      events.filter(({ description }) => /@|\d{7}/.test(description) || names.test(description)),
    ).toEqual([])
  })

  test('has a word for every incident', () => {
    for (const { code, texts, on } of INCIDENTS) {
      expect(texts.length, code).toBeGreaterThan(0)
      expect(Object.keys(on).length, code).toBeGreaterThan(0)
      expect(
        count(events, ({ category }) => category === code),
        code,
      ).toBeGreaterThan(5)
    }
  })

  test('puts an event near the address that it names', () => {
    const at = new Map(demo.buildings.map(({ address, ring }) => [address, ring[0]] as const))
    for (const { address, position } of events.filter((_, n) => n % 50 === 0)) {
      const building = at.get(address)
      if (building) expect(distanceM(position, building, building)).toBeLessThan(250)
    }
  })

  test('spreads disputes over the grids by their households', () => {
    const grids = new Set(disputes.map(({ grid }) => grid))
    expect(grids.size).toBeGreaterThan(70)
    expect(count(disputes, ({ closedAt }) => closedAt === null)).toBeGreaterThan(5)
    for (const { class: kind } of disputes) expect(kind).toMatch(/^[0-9]{2}$/)
  })
})
