import type { Arc, Lattice } from '#geo/fabric'
import { isBorder, type Draft } from '#geo/plan/draft'
import type { Meter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import { nearestOn, pixelsBetween, reachOf, type Place } from './place.ts'

/** What can be dragged of a border: a place where three meet, a bend, or the line between two of them. */
export type Handle =
  | { readonly kind: 'node'; readonly node: number; readonly at: Lattice }
  | { readonly kind: 'vertex'; readonly arc: number; readonly index: number; readonly at: Lattice }
  /** A new point comes to stand at `index`. */
  | { readonly kind: 'edge'; readonly arc: number; readonly index: number; readonly at: Lattice }

/** Bringing the handle to another place. */
export function movesOf(handle: Handle, to: Lattice): readonly Op[] {
  switch (handle.kind) {
    case 'node':
      return [{ kind: 'move-node', node: handle.node, to }]
    case 'vertex':
      return [{ kind: 'move-vertex', arc: handle.arc, index: handle.index, to }]
    case 'edge':
      return [
        { kind: 'add-vertex', arc: handle.arc, index: handle.index, at: handle.at },
        { kind: 'move-vertex', arc: handle.arc, index: handle.index, to },
      ]
  }
}

/** The handle of a border between grids under the pointer; points before lines. */
export function handleAt(draft: Draft, place: Place): Handle | null {
  const reach = reachOf(place)
  const borders = arcsNear(draft, place, reach).filter((arc) => isBorder(draft, arc))
  return pointAt(borders, place, reach) ?? edgeAt(borders, place, reach * 0.7)
}

function pointAt(arcs: readonly Arc[], place: Place, reach: number): Handle | null {
  let [best, nearest]: [Handle | null, number] = [null, reach]
  for (const arc of arcs) {
    arc.points.forEach((at, index) => {
      const px = pixelsBetween(at, place.at, place.scale)
      if (px >= nearest) return
      nearest = px
      best = pointOf(arc, index, at)
    })
  }
  return best
}

export function pointOf(arc: Arc, index: number, at: Lattice): Handle {
  if (index === 0) return { kind: 'node', node: arc.n0, at }
  if (index === arc.points.length - 1) return { kind: 'node', node: arc.n1, at }
  return { kind: 'vertex', arc: arc.id, index, at }
}

function edgeAt(arcs: readonly Arc[], place: Place, reach: number): Handle | null {
  let [best, nearest]: [Handle | null, number] = [null, reach]
  for (const arc of arcs) {
    for (let index = 1; index < arc.points.length; index++) {
      const [a, b] = [arc.points[index - 1], arc.points[index]]
      if (!a || !b) continue
      const { point, px } = nearestOn(place.at, a, b, place.scale)
      if (px >= nearest) continue
      nearest = px
      best = { kind: 'edge', arc: arc.id, index, at: point }
    }
  }
  return best
}

/** Arcs that may be touched within so many px. */
export function arcsNear(draft: Draft, { at: [x, y], scale: [sx, sy] }: Place, px: number): readonly Arc[] {
  const ids = draft.near.near(
    [Math.round(x - px * sx), Math.round(y - px * sy)],
    [Math.round(x + px * sx), Math.round(y + px * sy)],
  )
  return [...ids].flatMap((id) => draft.arcs.get(id) ?? [])
}

/** Atoms that a brush of this radius touches; a brush without size touches the one that it stands on. */
export function atomsUnder(draft: Draft, meter: Meter, place: Place, px: number): ReadonlySet<number> {
  const found = new Set<number>()
  const inside = meter.atomAt(place.at)
  if (inside !== 0) found.add(inside)
  if (px === 0) return found
  for (const arc of arcsNear(draft, place, px)) {
    const isTouched = arc.points.some((point, i) => {
      const before = arc.points[i - 1]
      return before !== undefined && nearestOn(place.at, before, point, place.scale).px <= px
    })
    if (isTouched) found.add(arc.left).add(arc.right)
  }
  found.delete(0)
  return found
}

/** The arcs that a handle belongs to. */
export function arcsOf(draft: Draft, handle: Handle): readonly Arc[] {
  const ids = handle.kind === 'node' ? (draft.arcsOfNode.get(handle.node) ?? []) : [handle.arc]
  return [...ids].flatMap((id) => draft.arcs.get(id) ?? [])
}
