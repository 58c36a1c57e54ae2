import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ASKS, EVENT_SOURCES, EVENT_STATUSES, LIGHTS, type EventFilter } from '#contract/events'
import { decode, encode } from './url.ts'
import {
  GRID_PAINTS,
  HEAT_PAINTS,
  PANELS,
  PLAN_PAINTS,
  PLAN_TABS,
  PLAN_TOOLS,
  START,
  type View,
} from './view.ts'

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const degrees = (most: number) => fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((n) => n / 1e5)

const filter = fc.record(
  {
    state: fc.constantFrom('open' as const, 'ended' as const),
    status: some(EVENT_STATUSES),
    light: some(LIGHTS),
    category: fc.uniqueArray(fc.stringMatching(/^[0-9A-Z][0-9]?-[0-9]{2}$/), { minLength: 1 }),
    grid: fc.uniqueArray(fc.nat(), { minLength: 1 }),
    community: fc.uniqueArray(fc.stringMatching(/^[0-9]{12}$/), { minLength: 1 }),
    source: some(EVENT_SOURCES),
    unit: fc.uniqueArray(fc.constantFrom('CG', 'HW', 'CQ'), { minLength: 1 }),
    asks: some(ASKS),
    watched: fc.constant('yes' as const),
    mine: fc.constant('yes' as const),
    from: instant,
    to: instant,
    closedFrom: instant,
    bbox: fc
      .tuple(degrees(180), degrees(90), degrees(180), degrees(90))
      .map((box) => box.map((n) => n.toFixed(5)).join()),
    text: fc
      .string({ minLength: 1, maxLength: 50, unit: 'grapheme' })
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EventFilter>

const ref = fc.record({
  kind: fc.constantFrom('plan' as const, 'scenario' as const),
  id: fc.integer({ min: 1, max: 1e9 }),
})

const plan = fc.oneof(
  fc.constant(START.plan),
  fc.record({
    open: ref,
    against: fc.option(ref),
    tool: fc.constantFrom(...PLAN_TOOLS),
    tab: fc.constantFrom(...PLAN_TABS),
    grid: fc.option(fc.integer({ min: -1000, max: 1e8 }).filter((key) => key !== 0)),
    paint: fc.constantFrom(...PLAN_PAINTS),
  }),
)

const view: fc.Arbitrary<View> = fc.record({
  panel: fc.constantFrom(...PANELS, null),
  mode: fc.constantFrom('browse', 'report'),
  selection: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({
      kind: fc.constantFrom('event' as const, 'grid' as const, 'dispute' as const),
      id: fc.integer({ min: 1, max: 1e9 }),
    }),
  ),
  filter,
  grids: fc.constantFrom(...GRID_PAINTS),
  heat: fc.constantFrom(...HEAT_PAINTS),
  plan,
  camera: fc.option(
    fc.record({
      center: fc.tuple(degrees(180), degrees(90)),
      zoom: fc.integer({ min: 0, max: 2400 }).map((n) => n / 100),
    }),
  ),
})

test('a view survives the address bar', () => {
  fc.assert(
    fc.property(view, (given) => {
      expect(decode(encode(given))).toEqual(given)
    }),
  )
})

test('the start is an empty query', () => {
  expect(encode(START)).toBe('')
  expect(decode('')).toEqual(START)
})

test('an address reads well', () => {
  const given: View = {
    ...START,
    panel: 'events',
    selection: { kind: 'event', id: 9302 },
    filter: { state: 'open', light: ['red', 'amber'], from: '2026-03-01T16:00:00.000Z' },
    camera: { center: [119.91234, 32.45], zoom: 13.2 },
  }
  expect(encode(given)).toBe(
    'panel=events&event=9302&state=open&light=red,amber&from=2026-03-01T16:00Z&at=119.91234,32.45,13.2',
  )
})

test.each([
  'panel=nothing&mode=fly&event=abc&grid=-1',
  'state=all&status=lost&light=blue&category=<b>&in=x,-3&source=',
  'from=yesterday&to=&bbox=1,2,3&paint=red&heat=9&at=200,100,3',
  'at=119.9,32.4&at=1,2,3,4&event=99999999999999999999',
  'q=   ',
])('what is said wrongly is as at the start: %s', (search) => {
  expect(decode(search)).toEqual(START)
})

test('any text at all gives a view that is stable', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), (search) => {
      const once = decode(search)
      expect(decode(encode(once))).toEqual(once)
    }),
  )
})
