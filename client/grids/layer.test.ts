import { expect, test } from 'vitest'
import type { EventRow } from '#contract/events'
import type { GridFeature, GridKind } from '#contract/grids'
import { paletteOf } from '../map/palette.ts'
import type { Look } from '../map/scene.ts'
import { gridsPart, shortName, type GridRows } from './layer.ts'

const NOW = Date.parse('2026-11-23T10:00:00+08:00')
const LIGHT: Look = { theme: 'light', language: 'zh', scale: 1 }
const DARK: Look = { theme: 'dark', language: 'en', scale: 1 }

const grid = (id: number, kind: GridKind): GridFeature => ({
  type: 'Feature',
  id,
  properties: {
    id,
    code: `32129900100100${id}`,
    name: `第${id}网格`,
    nameEn: `Grid ${id}`,
    kind,
    community: { code: 'a', name: 'a', nameEn: 'a' },
    worker: null,
    accepted: false,
    households: 0,
    open: 99,
    overdue: 99,
    label: [id + 0.5, 0.5],
  },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [id, 0],
          [id + 1, 0],
          [id + 1, 1],
          [id, 1],
          [id, 0],
        ],
      ],
    ],
  },
})
const grids = [grid(1, 'urban-full-time'), grid(2, 'urban-comprehensive'), grid(3, 'rural-comprehensive')]

const event = (id: number, gridId: number, dueInMinutes: number) =>
  ({
    id,
    gridId,
    status: 'handling',
    closedAt: null,
    dueAt: new Date(NOW + dueInMinutes * 60_000).toISOString(),
  }) as EventRow

const rows: GridRows = {
  grids,
  events: [event(1, 1, -5), event(2, 1, 500), event(3, 2, 100)],
  now: NOW,
  outlined: [3],
  openWords: (count) => `未结 ${count} 件`,
}
const none = { kind: 'none' } as const
const p = paletteOf(LIGHT)

const colors = (view: Parameters<typeof gridsPart>[1], look = LIGHT) => {
  const source = gridsPart(rows, view, look).sources['grids']
  return source?.kind === 'features' ? [...(source.states ?? [])].map(([, state]) => state['color']) : []
}

test.each([
  // paint     heat       1 (two open, one late)  2 (one open, 100 min)  3 (none)
  ['deadline', 'off', p.deadline[5], p.deadline[3], null],
  ['open', 'off', p.counts[1], p.counts[0], null],
  ['kind', 'off', p.kinds['urban-full-time'], p.kinds['urban-comprehensive'], p.kinds['rural-comprehensive']],
  ['plain', 'off', null, null, null],
  ['deadline', 'dots', p.deadline[5], p.deadline[3], null],
  ['deadline', 'heat', null, null, null],
  ['kind', 'hexagon', null, null, null],
] as const)('painted by %s under heat %s', (paint, heat, ...expected) =>
  expect(colors({ grids: paint, heat, selection: none })).toEqual(expected),
)

test('a theme changes colours, not sources', () => {
  const view = { grids: 'deadline', heat: 'off', selection: none } as const
  const [light, dark] = [gridsPart(rows, view, LIGHT), gridsPart(rows, view, DARK)]
  expect(colors(view, DARK)[0]).toBe(paletteOf(DARK).deadline[5])
  for (const [id, source] of Object.entries(light.sources)) {
    const other = dark.sources[id]
    expect(
      source.kind === 'features' && other?.kind === 'features' && same(source.features, other.features),
    ).toBe(true)
  }
  expect(dark.layers.map((layer) => layer.spec.id)).toEqual(light.layers.map((layer) => layer.spec.id))
})

const same = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((value, i) => value === b[i])

test('the chosen and the outlined grid are marked by state', () => {
  const source = gridsPart(rows, { grids: 'plain', heat: 'off', selection: { kind: 'grid', id: 2 } }, LIGHT)
    .sources['grids']
  const states = source?.kind === 'features' ? [...(source.states ?? [])] : []
  expect(states.map(([id, state]) => [id, state['selected'], state['outlined']])).toEqual([
    [1, false, false],
    [2, true, false],
    [3, false, true],
  ])
})

test('labels say what is open by the rows that are shown, not by the snapshot of the grid', () => {
  const source = gridsPart(rows, { grids: 'plain', heat: 'off', selection: none }, LIGHT).sources[
    'grid-labels'
  ]
  const features = source?.kind === 'features' ? source.features : []
  expect(features.map((feature) => feature.properties?.['open'])).toEqual(['\n未结 2 件', '\n未结 1 件', ''])
})

test.each([
  ['321299001001001', '1'],
  ['321299001001012', '12'],
  ['321299001001000', '0'],
])('code %s is number %s of its community', (code, short) => expect(shortName(code)).toBe(short))
