import { buckets } from './buckets.ts'
import type { Fabric, Lattice } from './fabric.ts'
import { joiner } from './faces.ts'
import { cross, meet, ringArea2, samePoint, type LatticePolygon } from './lattice.ts'
import { area2, atomLabels, dissolve, type Labels } from './topology.ts'

/** One broken invariant, in words; `at` is a place to look at. */
export interface Fault {
  readonly rule: 'area' | 'euler' | 'sides' | 'crossing' | 'ring' | 'label'
  readonly why: string
  readonly at: Lattice | null
}

type Faces = ReadonlyMap<number, readonly LatticePolygon[]>

/** The invariants of a fabric. An empty answer means that its atoms tile their outline exactly. */
export function check(fabric: Fabric): readonly Fault[] {
  const faces = dissolve(fabric, atomLabels(fabric))
  const whole = dissolve(fabric, new Map(fabric.atoms.map(({ id }) => [id, 'all']))).get('all') ?? []
  return [
    ...areaFaults(faces, whole),
    ...eulerFaults(fabric, whole),
    ...sideFaults(fabric),
    ...faceFaults(fabric, faces),
    ...crossingFaults(fabric),
    ...ringFaults(fabric, faces),
  ]
}

/** The invariants of a plan: total, every label's atoms connected through arcs. `expected` lists labels that must not be empty. */
export function checkPlan<L>(
  fabric: Fabric,
  labels: Labels<L>,
  expected: readonly L[] = [],
): readonly Fault[] {
  const faults: Fault[] = []
  const fault = (why: string): unknown => faults.push({ rule: 'label', why, at: null })
  const atoms = fabric.atoms.map(({ id }) => id)
  for (const id of atoms) if (labels.get(id) === undefined) fault(`atom ${id} has no label`)
  const used = new Set(labels.values())
  for (const label of expected) if (!used.has(label)) fault(`${String(label)} has no atom`)

  const sets = joiner(atoms.reduce((most, id) => Math.max(most, id), 0) + 1)
  for (const { left, right } of fabric.arcs) {
    if (left !== 0 && right !== 0 && labels.get(left) === labels.get(right)) sets.join(left, right)
  }
  const parts = Map.groupBy(atoms, (id) => labels.get(id))
  for (const [label, ids] of parts) {
    const roots = new Set(ids.map((id) => sets.root(id)))
    if (roots.size > 1) fault(`${String(label)} lies in ${roots.size} parts`)
  }
  return faults
}

function areaFaults(faces: Faces, whole: readonly LatticePolygon[]): readonly Fault[] {
  const sum = [...faces.values()].reduce((total, face) => total + area2(face), 0n)
  if (sum === area2(whole)) return []
  return [{ rule: 'area', why: `atoms add up to ${sum}, the outline holds ${area2(whole)}`, at: null }]
}

/** V − E + F = 1 + C. The faces are the atoms, the outside and the holes of the outline. */
function eulerFaults({ nodes, arcs, atoms }: Fabric, whole: readonly LatticePolygon[]): readonly Fault[] {
  const sets = joiner(nodes.length)
  for (const { n0, n1 } of arcs) sets.join(n0, n1)
  const components = new Set(nodes.map((_, id) => sets.root(id))).size
  const holes = whole.reduce((sum, polygon) => sum + polygon.length - 1, 0)
  const left = nodes.length - arcs.length + atoms.length + 1 + holes
  if (left === 1 + components) return []
  return [{ rule: 'euler', why: `V − E + F = ${left}, 1 + C = ${1 + components}`, at: null }]
}

function sideFaults({ nodes, arcs, atoms }: Fabric): readonly Fault[] {
  const known = new Set([0, ...atoms.map(({ id }) => id)])
  const faults: Fault[] = []
  for (const { id, n0, n1, points, left, right } of arcs) {
    const [first, last, a, b] = [points[0], points.at(-1), nodes[n0], nodes[n1]]
    const fault = (why: string): unknown =>
      faults.push({ rule: 'sides', why: `arc ${id} ${why}`, at: a ?? null })
    if (left === right) fault(`has atom ${left} on both sides`)
    if (!known.has(left) || !known.has(right)) fault('names an atom that is not there')
    if (!first || !last || !a || !b || !samePoint(first, a) || !samePoint(last, b)) fault('misses its nodes')
  }
  return faults
}

/** Rings follow the ground, sides follow the arcs: both must find the same area, or two atoms have changed places. */
function faceFaults({ arcs, atoms }: Fabric, faces: Faces): readonly Fault[] {
  const areas = new Map<number, bigint>()
  const [ox, oy] = arcs[0]?.points[0] ?? [0, 0]
  for (const { points, left, right } of arcs) {
    let along = 0n
    let from = points[0]
    for (const to of points) {
      if (from) along += cross(from[0] - ox, from[1] - oy, to[0] - ox, to[1] - oy)
      from = to
    }
    areas.set(left, (areas.get(left) ?? 0n) + along)
    areas.set(right, (areas.get(right) ?? 0n) - along)
  }
  return atoms
    .filter(({ id }) => areas.get(id) !== area2(faces.get(id) ?? []))
    .map(({ id }) => ({
      rule: 'sides',
      why: `atom ${id} lies where its arcs do not say`,
      at: faces.get(id)?.[0]?.[0]?.[0] ?? null,
    }))
}

/** No two segments meet except in shared nodes, and no node lies on another's segment. */
function crossingFaults({ arcs, nodes }: Fabric): readonly Fault[] {
  const faults: Fault[] = []
  const segments = arcs.flatMap(({ points }) =>
    points.slice(1).map((to, i): readonly [Lattice, Lattice] => [points[i] ?? to, to]),
  )
  const isNode = new Set(nodes.map(String))
  const inner = new Set<string>()
  for (const { points } of arcs) {
    for (const point of points.slice(1, -1)) {
      const key = String(point)
      if (inner.has(key) || isNode.has(key))
        faults.push({ rule: 'crossing', why: 'arcs meet without a node', at: point })
      inner.add(key)
    }
  }
  const index = buckets(segments.map(([from]) => from))
  segments.forEach(([from, to], id) => {
    for (const other of new Set(index.near(from, to))) {
      const [a, b] = segments[other] ?? [from, to]
      if (meet(a, b, from, to)) faults.push({ rule: 'crossing', why: 'segments meet', at: from })
    }
    index.add(id, from, to)
  })
  return faults
}

/** Every atom is one face: one outer ring of positive area, holes negative, no ring visiting a point twice. */
function ringFaults({ atoms }: Fabric, faces: Faces): readonly Fault[] {
  return atoms.flatMap(({ id }): readonly Fault[] => {
    const face = faces.get(id) ?? []
    const [outer, ...holes] = face[0] ?? []
    const at = outer?.[0] ?? null
    if (!outer || face.length !== 1) return [{ rule: 'ring', why: `atom ${id} has ${face.length} faces`, at }]
    if (ringArea2(outer) <= 0n || holes.some((hole) => ringArea2(hole) >= 0n)) {
      return [{ rule: 'ring', why: `atom ${id} is turned inside out`, at }]
    }
    const twice = [outer, ...holes].some((ring) => new Set(ring.map(String)).size !== ring.length - 1)
    return twice ? [{ rule: 'ring', why: `atom ${id} touches itself`, at }] : []
  })
}
