import { sidesOf, type Draft, type GridKey } from '#geo/plan/draft'
import type { Position } from '#geo/geojson'
import { toPosition } from '#geo/lattice'
import type { Arc, Lattice } from '#geo/fabric'
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
  /** Places to look at. */
  readonly marked: readonly Position[]
}

/** A draft on the map: atoms filled by their grid, borders by what they part, and what a gesture shows. */
export function planPart(rows: PlanRows, look: Look): Part<Band> {
  const { drawn } = rows
  return {
    sources: {
      [SOURCES.atoms]: {
        kind: 'features',
        edges: 'exact',
        features: drawn.atoms(),
        states: atomStates(rows),
      },
      [SOURCES.arcs]: {
        kind: 'features',
        edges: 'exact',
        features: drawn.arcs(),
        states: arcStates(rows),
      },
      [SOURCES.gone]: { kind: 'features', features: drawn.gone() },
      [SOURCES.labels]: { kind: 'features', features: labels(rows, look) },
      [SOURCES.stations]: { kind: 'features', features: stations(rows) },
      [SOURCES.handles]: { kind: 'features', features: handles(rows) },
      [SOURCES.marked]: {
        kind: 'features',
        features: rows.marked.map(([x, y], i) => point(i + 1, [x, y], { marked: true })),
      },
      [SOURCES.sketch]: { kind: 'features', features: sketchFeatures(rows.sketch) },
    },
    layers: layersOf(look, rows.tool),
  }
}

/** Equal states are one object, so that the map compares thousands of them by identity. */
const known = new Map<string, StateValues[]>()

/** `bits` numbers the values among those with the same word. */
function stateOf(word: string, bits: number, make: () => StateValues): StateValues {
  const shelf = known.get(word) ?? []
  known.set(word, shelf)
  shelf[bits] ??= make()
  return shelf[bits]
}

function atomStates({ draft, drawn, colors, chosen, sketch }: PlanRows): States {
  const changed = drawn.changed()
  const owners = new Set(sketch.grids)
  const states = new Map<number, StateValues>()
  for (const [atom, grid] of draft.labels) {
    const flags = [
      grid === chosen,
      owners.has(grid),
      sketch.hot.has(atom),
      changed.has(atom),
      draft.grids.get(grid)?.locked === true,
    ] as const
    const color = colors.get(grid) ?? ''
    states.set(
      atom,
      stateOf(color, bitsOf(flags), () => {
        const [isChosen, isOwner, isHot, isChanged, isLocked] = flags
        return {
          color: color || null,
          chosen: isChosen,
          owner: isOwner,
          hot: isHot,
          changed: isChanged,
          locked: isLocked,
        }
      }),
    )
  }
  return states
}

const bitsOf = (flags: readonly boolean[]): number => flags.reduce((bits, is) => 2 * bits + (is ? 1 : 0), 0)

function arcStates({ draft, chosen, sketch }: PlanRows): States {
  const owners = new Set(sketch.grids)
  const states = new Map<number, StateValues>()
  for (const arc of draft.arcs.values()) {
    const [left, right] = sidesOf(draft, arc)
    const parts = partsOf(draft, arc)
    const isOwn = parts !== 'atoms' && chosen !== null && (left === chosen || right === chosen)
    const isShared = parts !== 'atoms' && owners.has(left) && owners.has(right)
    states.set(
      arc.id,
      stateOf(parts, bitsOf([isOwn, isShared]), () => ({ parts, chosen: isOwn, shared: isShared })),
    )
  }
  return states
}

/** What a line parts. */
function partsOf(draft: Draft, arc: Arc): 'atoms' | 'grids' | 'communities' | 'outline' {
  const [left, right] = sidesOf(draft, arc)
  if (left === right) return 'atoms'
  if (left === 0 || right === 0) return 'outline'
  return draft.atoms.get(arc.left)?.community === draft.atoms.get(arc.right)?.community
    ? 'grids'
    : 'communities'
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
    // What may not be moved has no handles.
    if (partsOf(draft, arc) !== 'grids' || (!isOwn && !isShared)) continue
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
