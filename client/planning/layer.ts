import type { GridKey, Draft } from '#geo/plan/draft'
import { sidesOf } from '#geo/plan/draft'
import { toPosition } from '#geo/lattice'
import type { Lattice } from '#geo/fabric'
import type { PlanTool } from '../data/view.ts'
import type { Band } from '../map/bands.ts'
import type { Feature, Look, Part, States, StateValues } from '../map/scene.ts'
import type { Drawn } from './drawn.ts'
import { SOURCES } from './sources.ts'
import { layersOf } from './style.ts'
import type { Handle } from './tools/hit.ts'
import type { Sketch } from './tools/tool.ts'

export interface PlanRows {
  readonly draft: Draft
  readonly drawn: Drawn
  /** Rises with each change of the draft. */
  readonly tick: number
  readonly colors: ReadonlyMap<GridKey, string>
  readonly chosen: GridKey | null
  readonly tool: PlanTool
  readonly sketch: Sketch
}

/** A draft on the map: atoms filled by their grid, borders by what they part, and what a gesture shows. */
export function planPart(rows: PlanRows, look: Look): Part<Band> {
  const { drawn } = rows
  return {
    sources: {
      [SOURCES.atoms]: { kind: 'features', features: drawn.atoms(), states: atomStates(rows) },
      [SOURCES.arcs]: { kind: 'features', features: drawn.arcs(), states: arcStates(rows) },
      [SOURCES.gone]: { kind: 'features', features: drawn.gone() },
      [SOURCES.labels]: { kind: 'features', features: labels(rows, look) },
      [SOURCES.stations]: { kind: 'features', features: stations(rows) },
      [SOURCES.handles]: { kind: 'features', features: handles(rows) },
      [SOURCES.sketch]: { kind: 'features', features: sketchFeatures(rows.sketch) },
    },
    layers: layersOf(look, rows.tool),
  }
}

/** Equal states are one object, so that the map compares thousands of them by identity. */
const known = new Map<string, StateValues>()

function stateOf(values: StateValues): StateValues {
  const key = JSON.stringify(values)
  const before = known.get(key)
  if (before) return before
  // Colours times a handful of switches: it stays small, unless somebody turns the theme all day.
  if (known.size > 2000) known.clear()
  known.set(key, values)
  return values
}

function atomStates({ draft, drawn, colors, chosen, sketch }: PlanRows): States {
  const changed = drawn.changed()
  const states = new Map<number, StateValues>()
  for (const [atom, grid] of draft.labels) {
    states.set(
      atom,
      stateOf({
        color: colors.get(grid) ?? null,
        chosen: grid === chosen,
        owner: sketch.grids.includes(grid),
        hot: sketch.hot.has(atom),
        changed: changed.has(atom),
        locked: draft.grids.get(grid)?.locked ?? false,
      }),
    )
  }
  return states
}

function arcStates({ draft, chosen, sketch }: PlanRows): States {
  const states = new Map<number, StateValues>()
  for (const arc of draft.arcs.values()) {
    const [left, right] = sidesOf(draft, arc)
    const parts = left === right ? 'atoms' : left === 0 || right === 0 ? 'outline' : 'grids'
    const communities = [arc.left, arc.right].map((atom) => draft.atoms.get(atom)?.community)
    const isCommunity = parts === 'grids' && communities[0] !== communities[1]
    const isOwn = parts !== 'atoms' && chosen !== null && (left === chosen || right === chosen)
    const isShared = parts === 'grids' && sketch.grids.includes(left) && sketch.grids.includes(right)
    states.set(
      arc.id,
      stateOf({ parts: isCommunity ? 'communities' : parts, chosen: isOwn, shared: isShared }),
    )
  }
  return states
}

/** Kept by what they show, so that a name that has not moved is no news to the map. */
const kept = new Map<string, Feature>()

function point(
  id: number,
  at: readonly [number, number],
  properties: Readonly<Record<string, unknown>>,
): Feature {
  const key = JSON.stringify([id, at, properties])
  const before = kept.get(key)
  if (before) return before
  const made: Feature = {
    type: 'Feature',
    id,
    properties: { ...properties },
    geometry: { type: 'Point', coordinates: [...at] },
  }
  if (kept.size > 5000) kept.clear()
  kept.set(key, made)
  return made
}

/** Grids that the draft makes count down from -1; ids of features are whole and positive. */
const featureId = (key: GridKey): number => (key > 0 ? key : 1_000_000_000 - key)

function labels({ draft, drawn }: PlanRows, look: Look): readonly Feature[] {
  return [...draft.grids.values()].flatMap(({ key, code, name, nameEn, locked }) => {
    const at = drawn.middle(key)
    if (!at) return []
    const short = code?.slice(-3).replace(/^0+(?=\d)/, '') ?? '+'
    const words = look.language === 'en' && nameEn ? nameEn : name
    return point(featureId(key), at, { short, name: words, locked })
  })
}

function stations({ draft }: PlanRows): readonly Feature[] {
  return [...draft.grids.values()].flatMap(({ key, station }) => {
    if (!station) return []
    const [x, y] = toPosition(station)
    return point(featureId(key), [x, y], { station: true })
  })
}

/** Points of the borders of the chosen grid and of the border under the pointer, in border mode. */
function handles({ draft, tool, chosen, sketch }: PlanRows): readonly Feature[] {
  if (tool !== 'border') return []
  const found = new Map<string, Feature>()
  for (const arc of draft.arcs.values()) {
    const [left, right] = sidesOf(draft, arc)
    const isOwn = left === chosen || right === chosen
    const isShared = sketch.grids.includes(left) && sketch.grids.includes(right)
    if (left === right || left === 0 || right === 0 || (!isOwn && !isShared)) continue
    arc.points.forEach((at, i) => {
      const isNode = i === 0 || i === arc.points.length - 1
      const key = String(at)
      if (found.has(key)) return
      const [x, y] = toPosition(at)
      found.set(key, point(found.size + 1, [x, y], { kind: isNode ? 'node' : 'vertex' }))
    })
  }
  return [...found.values()]
}

function sketchFeatures({ line, shape, brush, handle, vertex, refused }: Sketch): readonly Feature[] {
  const found: Feature[] = []
  if (line.length > 1 && shape === 'line') found.push(lineFeature(1, line, 'line'))
  if (line.length > 2 && shape === 'area') found.push(areaFeature(2, line, 'area'))
  if (brush) found.push(areaFeature(3, circle(brush.at, brush.radius), 'brush'))
  line.forEach((at, i) => {
    if (shape === 'line') found.push(dot(100 + i, at, 'corner'))
  })
  if (vertex) found.push(dot(4, vertex.at, 'chosen'))
  if (handle) found.push(dot(5, handle.at, handleKind(handle)))
  if (refused?.why.at) found.push(dot(6, refused.why.at, 'refused'))
  return found
}

const handleKind = ({ kind }: Handle): string => (kind === 'edge' ? 'edge' : 'held')

function dot(id: number, at: Lattice, kind: string): Feature {
  const [x, y] = toPosition(at)
  return point(id, [x, y], { kind })
}

const positions = (line: readonly Lattice[]) => line.map((at) => [...toPosition(at)])

function lineFeature(id: number, line: readonly Lattice[], kind: string): Feature {
  return {
    type: 'Feature',
    id,
    properties: { kind },
    geometry: { type: 'LineString', coordinates: positions(line) },
  }
}

function areaFeature(id: number, ring: readonly Lattice[], kind: string): Feature {
  const closed = [...ring, ...ring.slice(0, 1)]
  return {
    type: 'Feature',
    id,
    properties: { kind },
    geometry: { type: 'Polygon', coordinates: [positions(closed)] },
  }
}

function circle([x, y]: Lattice, [rx, ry]: readonly [number, number]): Lattice[] {
  return Array.from({ length: 36 }, (_, k) => {
    const turn = (k * Math.PI) / 18
    return [Math.round(x + rx * Math.cos(turn)), Math.round(y + ry * Math.sin(turn))]
  })
}
