import type { Map as MapLibre } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { BLANK, changes, paint } from './paint.ts'
import { compose, type Feature, type Part } from './scene.ts'

const BANDS = ['ground', 'names', 'events'] as const
type Band = (typeof BANDS)[number]

const dot = (id: number): Feature => ({
  type: 'Feature',
  id,
  properties: {},
  geometry: { type: 'Point', coordinates: [id, 0] },
})
const [one, two, three] = [dot(1), dot(2), dot(3)]

const part = (
  features: readonly Feature[],
  color: string,
  states: [number, Record<string, string | boolean>][] = [],
): Part<Band> => ({
  sources: { dots: { kind: 'features', features, states: new Map(states) } },
  layers: [
    {
      band: 'events',
      spec: { id: 'dot', type: 'circle', source: 'dots', paint: { 'circle-color': color } },
      pick: 'dot',
    },
    { band: 'ground', spec: { id: 'wash', type: 'circle', source: 'dots' } },
  ],
})
const names: Part<Band> = {
  sources: {},
  layers: [{ band: 'names', spec: { id: 'name', type: 'background' } }],
}

/** Writes down what a map would be told, and keeps the order of its layers. */
function notedMap() {
  const notes: string[] = []
  let order: string[] = []
  const place = (id: string, before?: string) => {
    order = order.filter((each) => each !== id)
    order.splice(before === undefined ? order.length : order.indexOf(before), 0, id)
  }
  const source = {
    setData: (data: { features: unknown[] }) => notes.push(`setData ${data.features.length}`),
    updateData: (diff: { add: Feature[]; remove: number[] }) =>
      notes.push(`update +${diff.add.map((f) => f.id).join()} -${diff.remove.join()}`),
  }
  const map = {
    addSource: (id: string) => notes.push(`addSource ${id}`),
    removeSource: (id: string) => notes.push(`removeSource ${id}`),
    getSource: () => source,
    addLayer: (spec: { id: string }, before?: string) => {
      place(spec.id, before)
      notes.push(`addLayer ${spec.id}`)
    },
    removeLayer: (id: string) => {
      order = order.filter((each) => each !== id)
      notes.push(`removeLayer ${id}`)
    },
    getLayer: (id: string) => (order.includes(id) ? {} : undefined),
    getLayersOrder: () => order,
    moveLayer: place,
    setPaintProperty: (id: string, name: string, value: string) => notes.push(`paint ${id} ${name} ${value}`),
    setLayoutProperty: (id: string, name: string) => notes.push(`layout ${id} ${name}`),
    setFilter: (id: string) => notes.push(`filter ${id}`),
    setLayerZoomRange: (id: string) => notes.push(`zoom ${id}`),
    setFeatureState: ({ id }: { id: number }, state: object) =>
      notes.push(`state ${id} ${JSON.stringify(state)}`),
  }
  return { map: map as unknown as MapLibre, take: () => notes.splice(0), order: () => order }
}

test('layers stand in the order of the bands, whatever order the features come in', () => {
  const { map, order } = notedMap()
  paint(map, BLANK, compose(BANDS, [part([one], 'red'), names]))
  expect(order()).toEqual(['wash', 'name', 'dot'])
})

test('a theme is a change of paint and nothing else', () => {
  const { map, take } = notedMap()
  const [day, night] = [
    compose(BANDS, [part([one], 'red'), names]),
    compose(BANDS, [part([one], 'blue'), names]),
  ]
  paint(map, BLANK, day)
  take()
  paint(map, day, night)
  expect(take()).toEqual(['update + -', 'paint dot circle-color blue'].slice(1))
})

test.each([
  // was                before → after
  [[one, two, three], [one, two, three], []],
  [[one, two, three], [one, two], ['update + -3']],
  [[one, two], [one, two, three], ['update +3 -']],
  [[one, two, three], [one, two, dot(3)], ['update +3 -']],
  [[one], [two, three], ['setData 2']],
])('features %# go over by the smallest change', (was, next, expected) => {
  const { map, take } = notedMap()
  const [before, after] = [compose(BANDS, [part(was, 'red')]), compose(BANDS, [part(next, 'red')])]
  paint(map, BLANK, before)
  take()
  paint(map, before, after)
  expect(take()).toEqual(expected)
})

test('states change one by one, and what vanished is cleared', () => {
  const { map, take } = notedMap()
  const before = compose(BANDS, [
    part([one, two], 'red', [
      [1, { hot: true }],
      [2, { hot: true }],
    ]),
  ])
  const after = compose(BANDS, [
    part([one, two], 'red', [
      [1, { hot: true }],
      [2, { cold: true }],
    ]),
  ])
  paint(map, BLANK, before)
  take()
  paint(map, before, after)
  expect(take()).toEqual(['state 2 {"hot":null,"cold":true}'])
})

test('a part that goes takes its layers before its source', () => {
  const { map, take } = notedMap()
  const before = compose(BANDS, [part([one], 'red'), names])
  paint(map, BLANK, before)
  take()
  paint(map, before, compose(BANDS, [names]))
  expect(take()).toEqual(['removeLayer wash', 'removeLayer dot', 'removeSource dots'])
})

test('two features may not draw from one source', () =>
  expect(() => compose(BANDS, [part([one], 'red'), part([two], 'red')])).toThrow('source dots'))

test('what deck draws is placed under the next band that has layers', () => {
  const hexagons = {
    kind: 'hexagons',
    id: 'h',
    band: 'ground',
    centers: new Float64Array(),
    colors: new Uint8Array(),
    radiusM: 1,
  } as const
  const below = compose(BANDS, [part([one], 'red'), { ...names, deck: [hexagons] }])
  expect(below.deck[0]?.beforeId).toBe('name')
  expect(compose(BANDS, [{ sources: {}, layers: [], deck: [hexagons] }]).deck[0]?.beforeId).toBeUndefined()
})

test('changes name what to add and what to remove', () =>
  expect(changes([one, two], [two, three])).toEqual({ add: [three], remove: [1] }))
