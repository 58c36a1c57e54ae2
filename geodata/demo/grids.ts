import type { Fabric } from '../fabric.ts'
import { arcLength, type Face } from './land.ts'
import { at, centroid, distance, type Point } from './plane.ts'
import { random, type Random } from './random.ts'

/** What a border between two grids costs per metre: grids end at rivers and main roads rather than in a lane or field. */
const COST = { outline: 1, community: 1, river: 0.3, canal: 0.4, road: 0.45, lane: 1.1, field: 1.2 } as const

/** A stretch of river goes with the grid on its bank, though its banks are drawn as borders. */
const BANK = 0.8

/** Metres of costly border that weigh as much as one whole unit of imbalance. */
const SCALE = 900

/** Cost of an atom that lies one grid's width from its grid's middle. */
const SPREAD = 0.35

interface Ward {
  readonly ids: readonly number[]
  readonly weight: ReadonlyMap<number, number>
  readonly middle: ReadonlyMap<number, Point>
  readonly area: ReadonlyMap<number, number>
  /** Side of a square of a grid's mean area. */
  readonly side: number
  /** Atom → neighbour → cost of a border between them. */
  readonly links: ReadonlyMap<number, ReadonlyMap<number, number>>
  readonly count: number
}

/** Parts one community into `count` connected grids of about equal weight with short borders. Atom → 0…count−1. */
export function partition(
  fabric: Fabric,
  faces: readonly Face[],
  weight: ReadonlyMap<number, number>,
  count: number,
  seed: number,
): ReadonlyMap<number, number> {
  const ward = wardOf(fabric, faces, weight, count)
  let best: Map<number, number> | null = null
  let least = Infinity
  for (let attempt = 0; attempt < 4; attempt++) {
    const rng = random(seed + attempt)
    const plan = anneal(ward, grown(ward, rng), rng)
    const score = energy(ward, plan)
    if (score < least) [best, least] = [plan, score]
  }
  return best ?? new Map()
}

function wardOf(
  fabric: Fabric,
  faces: readonly Face[],
  weight: ReadonlyMap<number, number>,
  count: number,
): Ward {
  const ids = faces.map(({ id }) => id)
  const links = new Map(ids.map((id) => [id, new Map<number, number>()]))
  const wet = new Set(faces.filter(({ kind }) => kind === 'water').map(({ id }) => id))
  for (const { left, right, points, kind } of fabric.arcs) {
    if (!links.has(left) || !links.has(right)) continue
    const bank = kind === 'river' && wet.has(left) !== wet.has(right)
    const cost = arcLength(points) * (bank ? BANK : COST[kind])
    links.get(left)?.set(right, (links.get(left)?.get(right) ?? 0) + cost)
    links.get(right)?.set(left, (links.get(right)?.get(left) ?? 0) + cost)
  }
  const total = faces.reduce((sum, face) => sum + face.area, 0)
  return {
    ids,
    weight,
    links,
    count,
    middle: new Map(faces.map((face) => [face.id, centroid(face.ring)])),
    area: new Map(faces.map((face) => [face.id, face.area])),
    side: Math.sqrt(total / count),
  }
}

/** Seeds far apart, then the lightest grid takes the nearest free neighbour. */
function grown(ward: Ward, rng: Random): Map<number, number> {
  const far = (a: number, b: number): number => distance(place(ward, a), place(ward, b))
  const seeds = [rng.pick(ward.ids)]
  while (seeds.length < ward.count) {
    const scored = ward.ids.map((id) => ({
      id,
      d: Math.min(...seeds.map((s) => far(s, id))) * rng.between(0.7, 1),
    }))
    seeds.push(
      at(
        scored.toSorted((a, b) => b.d - a.d || a.id - b.id),
        0,
      ).id,
    )
  }
  const plan = new Map(seeds.map((id, grid) => [id, grid]))
  const load = seeds.map((id) => ward.weight.get(id) ?? 0)
  const open = new Set(seeds.keys())
  while (plan.size < ward.ids.length && open.size > 0) {
    const grid = at(
      [...open].toSorted((a, b) => (load[a] ?? 0) - (load[b] ?? 0) || a - b),
      0,
    )
    const free = [...plan]
      .filter(([, owner]) => owner === grid)
      .flatMap(([id]) => [...(ward.links.get(id)?.keys() ?? [])])
      .filter((id) => !plan.has(id))
      .toSorted((a, b) => far(a, at(seeds, grid)) - far(b, at(seeds, grid)) || a - b)
    const next = free[0]
    if (next === undefined) {
      open.delete(grid)
      continue
    }
    plan.set(next, grid)
    load[grid] = (load[grid] ?? 0) + (ward.weight.get(next) ?? 0)
  }
  return plan
}

function centreOf(ward: Ward, plan: ReadonlyMap<number, number>, grid: number): Point {
  let [x, y, sum] = [0, 0, 0]
  for (const id of ward.ids) {
    if (plan.get(id) !== grid) continue
    const w = ward.area.get(id) ?? 0
    const [px, py] = place(ward, id)
    x += px * w
    y += py * w
    sum += w
  }
  return sum === 0 ? [0, 0] : [x / sum, y / sum]
}

const place = (ward: Ward, id: number): Point => ward.middle.get(id) ?? [0, 0]

function energy(ward: Ward, plan: ReadonlyMap<number, number>): number {
  const load = loads(ward, plan)
  const mean = load.reduce((sum, w) => sum + w, 0) / ward.count
  let borders = 0
  for (const [id, others] of ward.links)
    for (const [other, cost] of others) if (plan.get(id) !== plan.get(other)) borders += cost / 2
  const centres = Array.from({ length: ward.count }, (_, grid) => centreOf(ward, plan, grid))
  const spread = ward.ids.reduce(
    (sum, id) => sum + distance(place(ward, id), at(centres, plan.get(id) ?? 0)),
    0,
  )
  return (
    load.reduce((sum, w) => sum + imbalance(w / mean), 0) + borders / SCALE + (SPREAD * spread) / ward.side
  )
}

/** Within a tenth of the mean nothing is gained by more exactness; beyond a fifth it must stop. */
const imbalance = (ratio: number): number => {
  const off = Math.max(0, Math.abs(ratio - 1) - 0.1)
  return 60 * off * off
}

function loads(ward: Ward, plan: ReadonlyMap<number, number>): number[] {
  const load = Array.from({ length: ward.count }, () => 0)
  for (const id of ward.ids) {
    const grid = plan.get(id) ?? 0
    load[grid] = (load[grid] ?? 0) + (ward.weight.get(id) ?? 0)
  }
  return load
}

/** Moves single atoms across borders, never breaking a grid; worse moves are taken ever more rarely. */
function anneal(ward: Ward, start: Map<number, number>, rng: Random): Map<number, number> {
  const plan = start
  const load = loads(ward, plan)
  const mean = load.reduce((sum, w) => sum + w, 0) / ward.count
  const of = (grid: number): number => (load[grid] ?? 0) / mean
  const steps = 200 * ward.ids.length
  for (let step = 0; step < steps; step++) {
    const heat = 0.25 * (1 - step / steps) * (1 - step / steps)
    const id = rng.pick(ward.ids)
    const from = plan.get(id) ?? 0
    const to = target(ward, plan, id, from, rng)
    if (to === null) continue
    const w = (ward.weight.get(id) ?? 0) / mean
    const was = imbalance(of(from)) + imbalance(of(to))
    const is = imbalance(of(from) - w) + imbalance(of(to) + w)
    const farther =
      distance(place(ward, id), centreOf(ward, plan, to)) -
      distance(place(ward, id), centreOf(ward, plan, from))
    const worse = is - was + longer(ward, plan, id, from, to) / SCALE + (SPREAD * farther) / ward.side
    if (worse > heat * rng.next() || !staysWhole(ward, plan, id, from)) continue
    plan.set(id, to)
    load[from] = (load[from] ?? 0) - w * mean
    load[to] = (load[to] ?? 0) + w * mean
  }
  return plan
}

/** A grid across one of the atom's borders. */
function target(
  ward: Ward,
  plan: ReadonlyMap<number, number>,
  id: number,
  from: number,
  rng: Random,
): number | null {
  const others = [...(ward.links.get(id)?.keys() ?? [])].map((other) => plan.get(other) ?? from)
  const beyond = others.filter((grid) => grid !== from)
  return beyond.length === 0 ? null : rng.pick(beyond)
}

/** Cost of border won less cost lost when the atom changes sides. */
function longer(ward: Ward, plan: ReadonlyMap<number, number>, id: number, from: number, to: number): number {
  let border = 0
  for (const [other, cost] of ward.links.get(id) ?? []) {
    const grid = plan.get(other)
    if (grid === from) border += cost
    if (grid === to) border -= cost
  }
  return border
}

/** Whether the grid keeps together, and keeps anything, without the atom. */
function staysWhole(ward: Ward, plan: ReadonlyMap<number, number>, id: number, grid: number): boolean {
  const rest = ward.ids.filter((other) => other !== id && plan.get(other) === grid)
  const first = rest[0]
  if (first === undefined) return false
  const left = new Set(rest)
  const queue = [first]
  left.delete(first)
  for (let here = queue.pop(); here !== undefined; here = queue.pop())
    for (const other of ward.links.get(here)?.keys() ?? []) if (left.delete(other)) queue.push(other)
  return left.size === 0
}
