import type { Lattice } from '../fabric.ts'
import type { GridKey, GridKind } from './draft.ts'

/** What a planner does, in the words of the one who did it; `perform` turns it into a patch. Positions are lattice points [x, y]. */
export type Op =
  /** Atoms go to a grid: one, those under a brush, a lasso or a rectangle. */
  | { readonly kind: 'paint'; readonly atoms: readonly number[]; readonly grid: GridKey }
  | { readonly kind: 'move-node'; readonly node: number; readonly to: Lattice }
  /** `index` counts the points of the arc; the first and the last are nodes. */
  | { readonly kind: 'move-vertex'; readonly arc: number; readonly index: number; readonly to: Lattice }
  /** The new point comes to stand at `index`. */
  | { readonly kind: 'add-vertex'; readonly arc: number; readonly index: number; readonly at: Lattice }
  | { readonly kind: 'remove-vertex'; readonly arc: number; readonly index: number }
  /** The shared border of two grids takes the way of the line between the places where the line meets it; what lies between changes hands. */
  | {
      readonly kind: 'reshape'
      readonly grids: readonly [GridKey, GridKey]
      readonly line: readonly Lattice[]
    }
  /** The part of the grid on the right of the line (seen along it) becomes a grid of its own. */
  | {
      readonly kind: 'split'
      readonly grid: GridKey
      readonly line: readonly Lattice[]
      readonly name: string
      readonly nameEn: string
    }
  /** Cuts one atom in two; both stay with its grid. */
  | { readonly kind: 'split-atom'; readonly atom: number; readonly line: readonly Lattice[] }
  /** `grid` ends; its atoms go to `into`. */
  | { readonly kind: 'merge'; readonly grid: GridKey; readonly into: GridKey }
  /** Atoms become a grid of their own. */
  | {
      readonly kind: 'make'
      readonly atoms: readonly number[]
      readonly name: string
      readonly nameEn: string
    }
  | {
      readonly kind: 'edit'
      readonly grid: GridKey
      readonly name?: string
      readonly nameEn?: string
      readonly gridKind?: GridKind
      readonly worker?: number | null
    }
  | { readonly kind: 'station'; readonly grid: GridKey; readonly at: Lattice }
  | { readonly kind: 'lock'; readonly grid: GridKey }
  | { readonly kind: 'unlock'; readonly grid: GridKey }

/** Why an operation was not done, and where to look. */
export interface Refused {
  readonly ok: false
  readonly rule: RefusalRule
  /** Grids that it is about, in the order that the sentence names them. */
  readonly grids: readonly GridKey[]
  readonly at: Lattice | null
}

export const REFUSAL_RULES = [
  /** A segment would cross or touch another. */
  'crossing',
  /** A grid or an atom would be left without ground. */
  'empty',
  /** A grid would lie in more than one part. */
  'parts',
  'locked',
  /** A grid would lie in more than one community, or a community border would move. */
  'community',
  /** The outline of the sub-district would move. */
  'outline',
  /** The line does not cut or meet what it should. */
  'line',
  /** It names something that is not there. */
  'unknown',
  /** It would change nothing. */
  'nothing',
  /** The worker has another grid already. */
  'worker',
  /** The station would lie outside its grid. */
  'station',
] as const
export type RefusalRule = (typeof REFUSAL_RULES)[number]
