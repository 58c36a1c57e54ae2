import { copyOf, type Draft, type PlanGrid } from '../plan/draft.ts'
import { openMeter, type Meter } from '../plan/meter.ts'
import type { Sites } from '../plan/sites.ts'
import { seedFor } from './dice.ts'
import { frontOf, unbeaten, type Answer, type Front } from './front.ts'
import { divide, originsOf, wholesOf, type Piece } from './pieces.ts'
import { searching, type Effort } from './search.ts'
import { hoursIn, wardOf, type Ward } from './wards.ts'

/** A plan of a ward, and what its units are: atoms as they are, or pieces of them. */
export interface Found extends Answer {
  readonly ward: Ward
  /** Atoms of the draft that were cut → their pieces, which are units of the ward. */
  readonly pieces: ReadonlyMap<number, Piece>
}

/** One ward in search: over whole atoms, and where these are too coarse over their pieces. */
export interface Round {
  readonly ward: Ward
  readonly pieces: ReadonlyMap<number, Piece>
  readonly front: Front
  readonly search: Generator<void>
}

const WHOLE: ReadonlyMap<number, Piece> = new Map()

export function roundOf(ward: Ward, effort: Effort, pieces = WHOLE): Round {
  const front = frontOf(ward.graph.total.unrest)
  const search = searching(ward.graph, front, { ...effort, seed: seedFor(effort.seed, ward.grids[0] ?? 0) })
  return { ward, pieces, front, search }
}

/** What the rounds of one ward have found together. */
export function foundBy(rounds: readonly Round[]): readonly Found[] {
  const all = rounds.flatMap(({ ward, pieces, front }) =>
    front.answers().map((answer): Found => ({ ...answer, ward, pieces })),
  )
  return unbeaten(all)
}

/** A unit of more than this share of a grid's work makes plans too coarse. */
const COARSE = 0.08

/** The same wards on a copy of the draft whose large atoms are cut between their homes; null where nothing could be cut. */
export function finer(draft: Draft, sites: Sites, wards: readonly Ward[]): readonly Finer[] {
  const meter = openMeter(copyOf(draft), sites)
  const cut = wards.map((ward) => ({ ward, pieces: piecesOf(meter, ward) }))
  return cut
    .filter(({ pieces }) => pieces.size > 0)
    .map(({ ward, pieces }) => ({
      of: ward,
      ward: wardOf(meter, gridsOf(meter.draft, ward), originsOf(pieces)),
      pieces,
    }))
}

export interface Finer {
  readonly of: Ward
  readonly ward: Ward
  readonly pieces: ReadonlyMap<number, Piece>
}

function piecesOf(meter: Meter, ward: Ward): ReadonlyMap<number, Piece> {
  const { graph, atoms } = ward
  const most = (COARSE * graph.total.hours) / graph.districts
  const found = new Map<number, Piece>()
  atoms.forEach((atom, unit) => {
    if ((graph.hours[unit] ?? 0) <= most) return
    const piece = divide(meter, atom, (part) => hoursIn(meter, part, ward.kind) > most)
    if (wholesOf(piece).length > 1) found.set(atom, piece)
  })
  return found
}

const gridsOf = ({ grids }: Draft, ward: Ward): readonly PlanGrid[] =>
  ward.grids.map((key) => grids.get(key)).filter((grid) => grid !== undefined)
