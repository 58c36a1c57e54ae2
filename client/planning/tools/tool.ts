import type { Lattice } from '#geo/fabric'
import type { Draft, GridKey } from '#geo/plan/draft'
import type { Meter } from '#geo/plan/meter'
import type { Op, Refused } from '#geo/plan/op'
import { create } from 'zustand'
import type { Outcome } from '../track.ts'
import type { Handle } from './hit.ts'
import type { Place } from './place.ts'

/** What a gesture shows while it lasts. */
export interface Sketch {
  readonly line: readonly Lattice[]
  /** Whether the line bounds an area. */
  readonly shape: 'line' | 'area'
  readonly brush: { readonly at: Lattice; readonly radius: readonly [x: number, y: number] } | null
  /** Atoms that would change hands. */
  readonly hot: ReadonlySet<number>
  /** Both owners of a border, or the two that would become one. */
  readonly grids: readonly GridKey[]
  /** Under the pointer, or held. */
  readonly handle: Handle | null
  /** Chosen, for the keyboard and the panel. */
  readonly vertex: Handle | null
  readonly refused: { readonly why: Refused; readonly px: readonly [number, number] | null } | null
}

const NO_SKETCH: Sketch = {
  line: [],
  shape: 'line',
  brush: null,
  hot: new Set(),
  grids: [],
  handle: null,
  vertex: null,
  refused: null,
}

export const useSketch = create<Sketch>()(() => NO_SKETCH)

/** All but the chosen vertex and what was refused, which outlive a gesture. */
export function clearSketch(): void {
  const { vertex, refused } = useSketch.getState()
  useSketch.setState({ ...NO_SKETCH, vertex, refused })
}

export const PAINT_WAYS = ['brush', 'rectangle', 'lasso', 'community'] as const
/** Radius of the brush in px; the first touches single atoms. */
export const BRUSHES = [0, 14, 30, 56] as const

/** How the tools work, until somebody chooses otherwise. */
interface Options {
  readonly paint: (typeof PAINT_WAYS)[number]
  readonly brush: (typeof BRUSHES)[number]
  readonly border: 'drag' | 'reshape'
  /** Whether a drawn line follows what is there: roads first. */
  readonly snap: 'free' | 'roads'
}

export const useOptions = create<Options>()(() => ({
  paint: 'brush',
  brush: 0,
  border: 'drag',
  snap: 'free',
}))

/** What a tool may do. */
export interface Host {
  /** Null while nothing is open that may be changed. */
  readonly now: () => { readonly draft: Draft; readonly meter: Meter } | null
  readonly chosen: () => GridKey | null
  /** The chosen point of a border. */
  readonly vertex: () => Handle | null
  readonly choose: (grid: GridKey | null) => void
  readonly perform: (ops: readonly Op[], at: Place | null) => Outcome
  readonly preview: (ops: readonly Op[], at: Place | null) => Outcome
  readonly drop: () => void
  readonly sketch: (part: Partial<Sketch>) => void
  readonly options: () => Options
  /** The way along what is there between two places, or straight where there is none. */
  readonly trace: (from: Lattice, to: Lattice) => readonly Lattice[]
  /** A name for a grid that is cut off another, in both languages. */
  readonly newName: (grid: GridKey) => { readonly name: string; readonly nameEn: string }
}

/** A way of working with the pointer on the map. What it holds is lost when it is left. */
export interface Tool {
  readonly cursor: string
  readonly down: (place: Place) => 'take' | 'leave'
  readonly move: (place: Place, press: 'pressed' | 'free') => void
  readonly up: (place: Place) => void
  readonly click: (place: Place) => void
  readonly double: (place: Place) => void
  readonly long: (place: Place) => void
  readonly cancel: () => void
  /** Whether it used the key. */
  readonly key: (key: string) => boolean
}

const nothing = (): void => undefined

/** A tool of those parts; all else means nothing to it. */
export function toolOf(parts: Partial<Tool>): Tool {
  return {
    cursor: 'default',
    down: () => 'leave',
    move: nothing,
    up: nothing,
    click: nothing,
    double: nothing,
    long: nothing,
    cancel: nothing,
    key: () => false,
    ...parts,
  }
}

/** The grid under the pointer, null outside. */
export function gridAt(host: Host, place: Place): GridKey | null {
  const now = host.now()
  return now?.draft.labels.get(now.meter.atomAt(place.at)) ?? null
}
