import { expect, test } from 'vitest'
import type { GridFeature } from '#contract/grids'
import { borders, chains } from './borders.ts'
import { neighbourTowards } from './neighbours.ts'

/**
 * Four unit squares, numbered, in two communities:
 *
 *   2 +---+---+
 *     | 3 | 4 |   3 and 4 are b
 *   1 +---+---+
 *     | 1 | 2 |   1 and 2 are a
 *   0 +---+---+
 *     0   1   2
 */
const square = (id: number, x: number, y: number, community: string): GridFeature => ({
  type: 'Feature',
  id,
  properties: {
    id,
    code: `00${id}`,
    name: `${id}`,
    nameEn: `${id}`,
    kind: 'urban-full-time',
    community: { code: community, name: community, nameEn: community },
    worker: null,
    accepted: false,
    households: 0,
    open: 0,
    overdue: 0,
    label: [x + 0.5, y + 0.5],
  },
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [x, y],
          [x + 1, y],
          [x + 1, y + 1],
          [x, y + 1],
          [x, y],
        ],
      ],
    ],
  },
})
const grids = [square(1, 0, 0, 'a'), square(2, 1, 0, 'a'), square(3, 0, 1, 'b'), square(4, 1, 1, 'b')]

test('every border is drawn once, by what it parts', () => {
  const found = borders(grids).map(({ properties, geometry }) => [
    properties.class,
    geometry.coordinates.length - 1,
  ])
  expect(found.filter(([name]) => name === 'grid')).toEqual([['grid', 2]])
  expect(found.filter(([name]) => name === 'community')).toEqual([['community', 2]])
  expect(found.filter(([name]) => name === 'outline')).toEqual([['outline', 8]])
})

test.each([
  // edges                                   lines
  [['ab', 'bc', 'cd'], ['abcd']],
  [['ab', 'bc', 'ca'], ['abca']],
  [
    ['ab', 'bc', 'bd'],
    ['ab', 'bc', 'bd'],
  ],
  [
    ['ab', 'bc', 'ca', 'ad'],
    ['abca', 'ad'],
  ],
])('%j joins into %j', (edges, lines) => {
  const found = chains(edges.map((edge) => [edge.charAt(0), edge.charAt(1)] as const)).map((chain) =>
    chain.join(''),
  )
  const shape = (line: string) => [line, line.split('').toReversed().join('')].toSorted(byText)[0] ?? ''
  const total = (all: string[]) => all.reduce((sum, line) => sum + line.length - 1, 0)
  expect(total(found)).toBe(edges.length)
  if (!lines.includes('abca'))
    expect(found.map(shape).toSorted(byText)).toEqual(lines.map(shape).toSorted(byText))
  expect(found).toHaveLength(lines.length)
})

const byText = (a: string, b: string) => a.localeCompare(b)

test.each([
  // from  key      to
  [1, 'north', 3],
  [1, 'east', 2],
  [1, 'south', null],
  [1, 'west', null],
  [4, 'west', 3],
  [4, 'south', 2],
  [9, 'south', null],
] as const)('from grid %i an arrow %s goes to %s', (from, direction, to) =>
  expect(neighbourTowards(grids, from, direction)).toBe(to),
)
