import { expect, test } from 'vitest'
import type { EventRow } from '#contract/events'
import { rowFor } from '../data/testing.ts'
import type { Look } from '../map/scene.ts'
import { eventsPart, type EventRows } from './layer.ts'

const NOW = Date.parse('2026-11-23T10:00:00+08:00')
const LOOK: Look = { theme: 'light', language: 'zh', scale: 1 }

const event = (
  id: number,
  reportedAgo: number,
  dueIn: number,
  status: EventRow['status'] = 'handling',
  lng = id,
): EventRow =>
  rowFor({
    id,
    status,
    position: [lng, 32],
    reportedAt: new Date(NOW - reportedAgo * 60_000).toISOString(),
    dueAt: new Date(NOW + dueIn * 60_000).toISOString(),
  })

const events = [
  event(1, 60, 300),
  event(2, 60, 30),
  event(3, 60, -1),
  event(4, 60, -500, 'held'),
  event(5, 60, 300, 'handling', 3),
]
const rows: EventRows = { events, chosen: null, pin: null, now: NOW }
const dots = (given: EventRows) => {
  const source = eventsPart(given, LOOK).sources['events']
  return source?.kind === 'features' ? source.features : []
}

test('each event is one dot, lit by its lateness and ranked by urgency', () => {
  expect(
    dots(rows).map(({ id, properties }) => [
      id,
      properties?.['light'],
      properties?.['rank'],
      properties?.['pile'],
    ]),
  ).toEqual([
    [1, 'green', 2, 1],
    [2, 'amber', 1, 1],
    [3, 'red', 0, 2],
    [4, 'hold', 3, 1],
    [5, 'green', 2, 2],
  ])
})

test('a minute that changes no light changes no dot', () => {
  const later = dots({ ...rows, now: NOW + 60_000 })
  expect(dots(rows).map((dot, i) => dot === later[i])).toEqual([true, true, true, true, true])
  const muchLater = dots({ ...rows, now: NOW + 31 * 60_000 })
  expect(later.map((dot, i) => dot === muchLater[i])).toEqual([true, false, true, true, true])
})

test('a cluster sums its lights, so that markers and rows agree', () => {
  const source = eventsPart(rows, LOOK).sources['events']
  const sums = source?.kind === 'features' ? Object.keys(source.cluster?.properties ?? {}) : []
  expect(sums).toEqual(['red', 'amber', 'green', 'hold'])
})

test('what was chosen and where a report would be are marked on top of all', () => {
  const part = eventsPart({ ...rows, chosen: { id: 9, position: [119.9, 32.4] }, pin: [119.8, 32.5] }, LOOK)
  const places = (id: string) => {
    const source = part.sources[id]
    return source?.kind === 'features' ? source.features.map((feature) => feature.geometry) : []
  }
  expect(places('event-chosen')).toEqual([{ type: 'Point', coordinates: [119.9, 32.4] }])
  expect(places('report-pin')).toEqual([{ type: 'Point', coordinates: [119.8, 32.5] }])
  expect(part.layers.filter((layer) => layer.band === 'marks')).toHaveLength(4)
})
