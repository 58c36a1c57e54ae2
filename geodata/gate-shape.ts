import type { Crs } from './crs.ts'
import type { Lattice } from './fabric.ts'
import { fault, type BoundaryFault, type FaultCode } from './gate-faults.ts'
import { isObject, told, valueAt, type Properties } from './gate-json.ts'
import type { Position } from './geojson.ts'
import { samePoint, toLattice, toPosition, type Ring } from './lattice.ts'

const MAX_VERTICES = 20_000
const MAX_CODE = 32

/** A feature on the lattice, its rings closed; nothing else is known to be right. */
export interface Shape {
  readonly index: number
  readonly code: string
  readonly properties: Properties
  /** Parts of rings; the first ring of a part is its shell. */
  readonly parts: readonly (readonly Ring[])[]
}

export interface Reading {
  readonly crs: Crs
  readonly convert: (pair: Position) => Position | null
  /** The property that holds the code. */
  readonly codeProperty: string
  readonly faults: BoundaryFault[]
  /** Grids whose points have more than two coordinates. */
  readonly threeD: Set<string>
}

/** One feature of whatever content; null after a fault that leaves nothing to go on with. */
export function readShape(feature: unknown, index: number, reading: Reading): Shape | null {
  const n = index + 1
  if (!isObject(feature) || feature['type'] !== 'Feature') {
    const found = told(isObject(feature) ? feature['type'] : feature)
    reading.faults.push(fault('not-a-feature', { grids: [`#${n}`], words: { n, found } }))
    return null
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {}
  const code = readCode(valueAt(properties, reading.codeProperty), n, reading)
  const parts = readParts(feature['geometry'], code ?? `#${n}`, reading)
  return code === null || parts === null ? null : { index, code, properties, parts }
}

function readCode(value: unknown, n: number, { codeProperty, faults }: Reading): string | null {
  if (value === undefined || value === null || value === '') {
    faults.push(fault('no-code', { grids: [`#${n}`], words: { property: codeProperty } }))
    return null
  }
  const code = typeof value === 'number' ? String(value) : value
  if (typeof code === 'string' && code.length <= MAX_CODE && code === code.trim()) return code
  faults.push(fault('bad-code', { grids: [`#${n}`], words: { found: told(value) } }))
  return null
}

function readParts(geometry: unknown, grid: string, reading: Reading): Shape['parts'] | null {
  const refuse = (code: FaultCode, found: unknown): null => {
    reading.faults.push(fault(code, { grids: [grid], words: { found: told(found) } }))
    return null
  }
  const type = isObject(geometry) ? geometry['type'] : geometry
  if (!isObject(geometry) || (type !== 'Polygon' && type !== 'MultiPolygon'))
    return refuse('geometry-type', type)
  const coordinates = geometry['coordinates']
  if (!Array.isArray(coordinates)) return refuse('nesting', coordinates)
  const parts: readonly unknown[] = type === 'Polygon' ? [coordinates] : coordinates
  const lists: (readonly unknown[][])[] = []
  for (const part of parts) {
    if (!Array.isArray(part)) return refuse('nesting', part)
    const wrong: unknown = part.find((ring) => !Array.isArray(ring))
    if (wrong !== undefined) return refuse('nesting', wrong)
    lists.push(part)
  }
  return readRings(lists, grid, reading)
}

function readRings(parts: readonly (readonly unknown[][])[], grid: string, reading: Reading) {
  const { faults } = reading
  const rings = parts.flat()
  const total = rings.reduce((sum, ring) => sum + ring.length, 0)
  if (total === 0 || parts.some((part) => part.length === 0) || rings.some((ring) => ring.length === 0)) {
    faults.push(fault('empty', { grids: [grid] }))
    return null
  }
  if (total > MAX_VERTICES) {
    faults.push(fault('too-many-vertices', { grids: [grid], count: total, words: { max: MAX_VERTICES } }))
    return null
  }
  const open: Position[] = []
  const read: Ring[][] = []
  for (const part of parts) {
    const list: Ring[] = []
    read.push(list)
    for (const given of part) {
      const ring = readRing(given, grid, reading, open)
      if (ring === null) return null
      list.push(ring)
    }
  }
  if (open[0]) faults.push(fault('unclosed', { grids: [grid], at: open[0], count: open.length }))
  return read
}

/** Null after the first fault: one is enough to refuse the grid. */
function readRing(points: readonly unknown[], grid: string, reading: Reading, open: Position[]) {
  const ring: Lattice[] = []
  for (const point of points) {
    const position = readPosition(point, grid, reading)
    if (position === null) return null
    ring.push(toLattice(position))
  }
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last) return null
  const second = ring.find((point) => !samePoint(point, first))
  const third = second && ring.find((point) => !samePoint(point, first) && !samePoint(point, second))
  if (!third) {
    const at = toPosition(first)
    reading.faults.push(fault('too-few-points', { grids: [grid], at, count: second ? 2 : 1 }))
    return null
  }
  if (samePoint(first, last)) return ring
  open.push(toPosition(last))
  return [...ring, first]
}

function readPosition(point: unknown, grid: string, reading: Reading): Position | null {
  const { convert, crs, faults, threeD } = reading
  const refuse = (code: FaultCode): null => {
    faults.push(fault(code, { grids: [grid], words: { crs, found: told(point) } }))
    return null
  }
  if (!Array.isArray(point)) return refuse('nesting')
  const [x, y]: readonly unknown[] = point
  if (Array.isArray(x)) return refuse('nesting')
  if (typeof x !== 'number' || typeof y !== 'number') return refuse('not-a-number')
  if (!Number.isFinite(x) || !Number.isFinite(y)) return refuse('not-a-number')
  if (point.length > 2) threeD.add(grid)
  return convert([x, y]) ?? refuse('out-of-range')
}
