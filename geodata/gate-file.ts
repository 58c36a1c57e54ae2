import { guessCrs } from './crs-guess.ts'
import { readCrs, toLngLat, type Axes, type Crs } from './crs.ts'
import { fault, type BoundaryFault } from './gate-faults.ts'
import { isObject, ringsOf, told } from './gate-json.ts'
import { readShape, type Reading, type Shape } from './gate-shape.ts'
import type { Position } from './geojson.ts'

const MAX_VERTICES_OF_FILE = 2_000_000

export interface FileOptions {
  /** What the file is in; without it, what the file says of itself, or plain degrees. */
  readonly crs?: Crs | undefined
  readonly axes?: Axes | undefined
  /** The property that holds the grid code. */
  readonly codeProperty: string
}

export interface Shapes {
  readonly crs: Crs
  /** Ascending by code. */
  readonly shapes: readonly Shape[]
  /** Features that could not be read. */
  readonly lost: number
  readonly faults: readonly BoundaryFault[]
}

/** Reads parsed JSON of whatever content. Looks at lengths before it looks at points, and never recurses. */
export function readShapes(json: unknown, { crs: given, axes, codeProperty }: FileOptions): Shapes {
  const faults: BoundaryFault[] = []
  const features = featuresOf(json, faults)
  const crs = crsOf(json, given, faults)
  const threeD = new Set<string>()
  const reading: Reading = { crs, convert: toLngLat(crs, axes), codeProperty, faults, threeD }
  const shapes = features.flatMap((feature, index) => readShape(feature, index, reading) ?? [])
  if (threeD.size > 0) faults.push(fault('three-d', { grids: [...threeD].toSorted() }))
  return {
    crs,
    shapes: shapes.toSorted(byCode),
    lost: features.length - shapes.length,
    // What is wrong with the whole file explains what is wrong with each grid.
    faults: [...doubts(features, crs, axes), ...duplicates(shapes), ...faults],
  }
}

function byCode(a: Shape, b: Shape): number {
  if (a.code === b.code) return a.index - b.index
  return a.code < b.code ? -1 : 1
}

function featuresOf(json: unknown, faults: BoundaryFault[]): readonly unknown[] {
  const type = isObject(json) ? json['type'] : undefined
  const features = isObject(json) ? json['features'] : undefined
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    faults.push(fault('not-a-collection', { words: { found: told(type ?? json) } }))
    return []
  }
  if (features.length === 0) faults.push(fault('no-features'))
  let total = 0
  for (const feature of features) for (const ring of ringsOf(feature)) total += ring.length
  if (total <= MAX_VERTICES_OF_FILE) return features
  faults.push(fault('too-many-vertices', { count: total, words: { max: MAX_VERTICES_OF_FILE } }))
  return []
}

/** The `crs` member is of the old GeoJSON; files still carry it, and it must not be passed over. */
function crsOf(json: unknown, given: Crs | undefined, faults: BoundaryFault[]): Crs {
  const member = isObject(json) ? json['crs'] : undefined
  if (!isObject(member)) return given ?? '4326'
  const name = isObject(member['properties']) ? member['properties']['name'] : member
  const named = typeof name === 'string' ? readCrs(name) : null
  const found = told(name)
  if (given === undefined) {
    if (named === null) faults.push(fault('crs-unknown', { words: { found } }))
    return named ?? '4326'
  }
  if (named !== null && !areCompatible(named, given))
    faults.push(fault('crs-conflict', { words: { found, crs: given } }))
  return given
}

/** Degrees are degrees: what is in gcj02 or bd09 is often exported under the name of 4326 or 4490. */
function areCompatible(named: Crs, given: Crs): boolean {
  const degrees: readonly Crs[] = ['4326', '4490']
  return named === given || (degrees.includes(named) && [...degrees, 'gcj02', 'bd09'].includes(given))
}

/** The numbers look like something else than what was named. Axes that were named are believed. */
function doubts(features: readonly unknown[], crs: Crs, axes: Axes | undefined): readonly BoundaryFault[] {
  const guess = guessCrs(sample(features))
  if (!guess) return []
  const axesFit = axes === 'east-first' || guess.axes === (axes ?? 'east-first')
  if (axesFit && guess.crs.includes(crs)) return []
  return [fault('crs-doubt', { words: { zh: guess.zh, en: guess.en } })]
}

function* sample(features: readonly unknown[]): Generator<Position> {
  for (const feature of features.slice(0, 1000)) {
    for (const point of ringsOf(feature)[0]?.slice(0, 10) ?? []) {
      const [x, y]: readonly unknown[] = Array.isArray(point) ? point : []
      if (typeof x === 'number' && typeof y === 'number') yield [x, y]
    }
  }
}

function duplicates(shapes: readonly Shape[]): readonly BoundaryFault[] {
  const groups = Map.groupBy(shapes, ({ code }) => code)
  return [...groups].flatMap(([code, same]) => {
    if (same.length === 1) return []
    const found = same.map(({ index }) => index + 1).join(', ')
    return [fault('duplicate-code', { grids: [code], count: same.length, words: { found } })]
  })
}
