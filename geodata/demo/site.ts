import type { DemoBuilding } from './demo.ts'
import { borderOf, SETBACK, type Border } from './borders.ts'
import type { Drawn, Face, Land } from './land.ts'
import {
  add,
  at,
  contains,
  distance,
  dot,
  left,
  metres,
  minus,
  pairs,
  toSegment,
  unit,
  wedge,
  type Point,
} from './plane.ts'

/** A building as drawn, before it has a number. */
export interface House {
  readonly kind: DemoBuilding['kind']
  /** Closed, counter-clockwise, metres. */
  readonly ring: readonly Point[]
  readonly floors: number
  /** Dwellings that it would hold; households are fitted to the grid later. */
  readonly dwellings: number
  readonly atom: number
  /** The road that it fronts, if it has a number there. */
  readonly road: Drawn | null
}

export interface Wall {
  readonly a: Point
  readonly b: Point
  readonly border: Border
  readonly drawn: Drawn | null
}

/** An atom to be built on. */
export interface Site {
  readonly face: Face
  readonly walls: Wall[]
  readonly houses: House[]
}

export function sites(land: Land, all: readonly Face[], trace: ReadonlyMap<number, Drawn>): readonly Site[] {
  const along = new Map<string, { readonly border: Border; readonly drawn: Drawn | null }>()
  for (const arc of land.fabric.arcs) {
    const drawn = trace.get(arc.id) ?? null
    const kind = { border: borderOf(arc, drawn ?? undefined), drawn }
    for (const [p, q] of pairs(arc.points.map(metres))) along.set(key(p, q), kind).set(key(q, p), kind)
  }
  return all.map((face) => ({
    face,
    walls: pairs(face.ring).map(([a, b]) => ({ a, b, ...(along.get(key(a, b)) ?? FIELD_EDGE) })),
    houses: [],
  }))
}

const key = (a: Point, b: Point): string => [...a, ...b].join(' ')

const FIELD_EDGE = { border: 'field', drawn: null } as const

/** Keeps houses off a drive inside the site. */
export function fence(site: Site, drive: readonly Point[]): void {
  site.walls.push(...pairs(drive).map(([a, b]): Wall => ({ a, b, border: 'drive', drawn: null })))
}

/** Consecutive walls that go on along one line, each run in ring order. */
export function runs(site: Site): readonly (readonly Wall[])[] {
  const result: Wall[][] = []
  for (const wall of site.walls) {
    const last = result.at(-1)?.at(-1)
    const goesOn = last?.drawn === wall.drawn && last.border === wall.border && distance(last.b, wall.a) < 0.1
    if (goesOn && dot(unit(minus(last.b, last.a)), unit(minus(wall.b, wall.a))) > 0.8)
      result.at(-1)?.push(wall)
    else result.push([wall])
  }
  return result
}

export const lineOf = (run: readonly Wall[]): readonly Point[] => [...run.map(({ a }) => a), at(run, -1).b]

/** Adds the house if it keeps its distance from borders and from other houses. */
export function build(site: Site, house: Omit<House, 'atom'>, gapM: number): boolean {
  if (!fits(site, house.ring, gapM)) return false
  site.houses.push({ ...house, atom: site.face.id })
  return true
}

function fits(site: Site, ring: readonly Point[], gapM: number): boolean {
  if (!contains(site.face.ring, at(ring, 0))) return false
  for (const wall of site.walls) if (nearer(ring, wall.a, wall.b, SETBACK[wall.border])) return false
  const [centre, reach] = circle(ring)
  for (const other of site.houses) {
    const [there, far] = circle(other.ring)
    if (distance(centre, there) > reach + far + gapM) continue
    if (contains(other.ring, at(ring, 0)) || contains(ring, at(other.ring, 0))) return false
    for (const [a, b] of pairs(other.ring)) if (nearer(ring, a, b, gapM)) return false
  }
  return true
}

function circle(ring: readonly Point[]): readonly [Point, number] {
  const [a, b] = [at(ring, 0), at(ring, ring.length >> 1)]
  const centre: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  return [centre, Math.max(...ring.map((p) => distance(centre, p)))]
}

/** Whether a segment comes nearer to the ring's line than `far`, or crosses it. */
function nearer(ring: readonly Point[], a: Point, b: Point, far: number): boolean {
  for (const [p, q] of pairs(ring)) {
    if (
      Math.min(p[0], q[0]) - far > Math.max(a[0], b[0]) ||
      Math.max(p[0], q[0]) + far < Math.min(a[0], b[0])
    )
      continue
    if (
      Math.min(p[1], q[1]) - far > Math.max(a[1], b[1]) ||
      Math.max(p[1], q[1]) + far < Math.min(a[1], b[1])
    )
      continue
    if (
      toSegment(p, a, b) < far ||
      toSegment(q, a, b) < far ||
      toSegment(a, p, q) < far ||
      toSegment(b, p, q) < far
    )
      return true
    const d = minus(b, a)
    const e = minus(q, p)
    if (
      wedge(d, minus(p, a)) * wedge(d, minus(q, a)) < 0 &&
      wedge(e, minus(a, p)) * wedge(e, minus(b, p)) < 0
    )
      return true
  }
  return false
}

/** A rectangle from its near left corner; `heading` runs along its front. */
export function rectangle(corner: Point, heading: Point, long: number, deep: number): readonly Point[] {
  return shape(corner, heading, [
    [0, 0],
    [long, 0],
    [long, deep],
    [0, deep],
  ])
}

/** Local corners (along the front, away from it), counter-clockwise, set on the ground. */
export function shape(corner: Point, heading: Point, corners: readonly Point[]): readonly Point[] {
  const back = left(heading)
  const ring = corners.map(([u, v]) => add(add(corner, heading, u), back, v))
  return [...ring, at(ring, 0)]
}

export interface Frame {
  readonly heading: Point
  readonly low: Point
  readonly high: Point
  readonly place: (u: number, v: number) => Point
}

/** The bounding box of a face in axes turned by `heading`. */
export function frame(face: Face, heading: Point): Frame {
  const back = left(heading)
  const us = face.ring.map((p) => dot(p, heading))
  const vs = face.ring.map((p) => dot(p, back))
  const low: Point = [Math.min(...us), Math.min(...vs)]
  return {
    heading,
    low,
    high: [Math.max(...us), Math.max(...vs)],
    place: (u, v) => add(add([0, 0], heading, u), back, v),
  }
}

/** Direction of the face's longest border among those that `counts`, turned to point east. */
export function lie(site: Site, counts: (wall: Wall) => boolean): Point {
  let best: Point = [1, 0]
  let most = 0
  for (const { a, b } of site.walls.filter(counts)) {
    const way = unit(minus(b, a))
    const total = site.walls.reduce((sum, wall) => {
      const d = minus(wall.b, wall.a)
      return Math.abs(wedge(way, unit(d))) < 0.12 ? sum + Math.abs(dot(way, d)) : sum
    }, 0)
    if (total > most) [best, most] = [way, total]
  }
  return best[0] < 0 ? [-best[0], -best[1]] : best
}
