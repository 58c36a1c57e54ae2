/**
 * The fabric: one planar subdivision of the sub-district into atoms, on an integer lattice.
 * Grids, communities and any future plan are unions of atoms, so they cannot gap or overlap.
 * Lattice unit: 1e-7 degree (about 1.1 cm north-south) in EPSG:4326 / EPSG:4490, int32, order [lng, lat].
 */
export type Lattice = readonly [x: number, y: number]

/** What a shared border runs along; planners snap to it. */
export const ARC_KINDS = ['outline', 'community', 'river', 'canal', 'road', 'lane', 'field'] as const
export type ArcKind = (typeof ARC_KINDS)[number]

/** A chain between two nodes. `left` and `right` are atom ids seen when walking from `n0` to `n1`; 0 is the outside. */
export interface Arc {
  readonly id: number
  readonly n0: number
  readonly n1: number
  /** All vertices including both nodes, in walking order. */
  readonly points: readonly Lattice[]
  readonly left: number
  readonly right: number
  readonly kind: ArcKind
}

/** In the order in which files write them. */
export const ATOM_KINDS = [
  'block',
  'estate',
  'village',
  'field',
  'industry',
  'school',
  'market',
  'park',
  'water',
] as const
export type AtomKind = (typeof ATOM_KINDS)[number]

export interface Atom {
  readonly id: number
  readonly kind: AtomKind
  /** 12-digit statistical code of the community or village that the atom lies in. */
  readonly community: string
}

export interface Fabric {
  /** Node id → lattice point; ids are dense from 0. */
  readonly nodes: readonly Lattice[]
  readonly arcs: readonly Arc[]
  readonly atoms: readonly Atom[]
}
