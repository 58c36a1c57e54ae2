import type { Draft, GridKey, PlanGrid } from '../plan/draft.ts'
import { areaOf } from '../plan/hours.ts'
import type { Meter } from '../plan/meter.ts'
import { placeOfAtom, placeOfGrid } from '../plan/places.ts'
import { evennessOf } from '../plan/standards.ts'
import { loadsOf, sparing } from './graph.ts'
import type { Reason, Stuck } from './reasons.ts'
import { originsOf } from './pieces.ts'
import type { Found } from './rounds.ts'
import { beside, wardOf, type Ward } from './wards.ts'

/** From here on a difference between communities is worth a word. */
const NOTABLE = 0.1

/** Communities whose grids have much more or less work than grids of their kind have elsewhere, the farthest first. */
export function unevenCommunities(meter: Meter, wards: readonly Ward[]): readonly Reason[] {
  const { meanHours } = evennessOf(meter)
  const once = new Map(wards.map((ward) => [`${ward.community} ${ward.area}`, ward]))
  const found = [...once.values()].map((ward): Extract<Reason, { why: 'community' }> => {
    const own = communityOf(meter.draft, ward)
    const sum = (amount: (grid: PlanGrid) => number): number =>
      own.reduce((all, grid) => all + amount(grid), 0)
    const usual = sum(({ kind }) => meanHours.get(kind) ?? 0)
    const ratio = usual === 0 ? 1 : sum(({ key }) => meter.of(key).hours.total) / usual
    return {
      why: 'community',
      community: ward.community,
      grids: own.length,
      share: ratio - 1,
      fair: Math.max(1, Math.round(own.length * ratio)),
    }
  })
  return found
    .filter(({ share, fair, grids }) => Math.abs(share) > NOTABLE && fair !== grids)
    .toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share))
}

type Why = Exclude<Reason['why'], 'community' | 'share'>

/** What holds back the grid that is farthest off in the best plan that a ward has. */
export function stuckIn(draft: Draft, { ward, plan, pieces }: Found): Reason {
  const { graph, grids } = ward
  const target = graph.total.hours / graph.districts
  const origins = originsOf(pieces)
  const shares = [...loadsOf(graph, plan)].map((hours) => hours / target - 1)
  const worst = shares.reduce(
    (most, share, i) => (Math.abs(share) > Math.abs(shares[most] ?? 0) ? i : most),
    0,
  )
  const share = shares[worst] ?? 0
  const grid = grids[worst] ?? 0
  const of = (why: Why, other: GridKey | null, unit: number | null): Reason => {
    const atom = unit === null ? undefined : ward.atoms[unit]
    const at = atom === undefined ? null : placeOfAtom(draft, origins.get(atom) ?? atom)
    return { why, grid, share, other, at } satisfies Stuck<Why>
  }
  const closed = closedBeside(draft, ward, grid)
  if (closed !== null) return of('locked', closed, null)
  const hindered = hindrances(ward, plan, worst, 2 * Math.abs(share) * target, share > 0)
  const [most] = [...Map.groupBy(hindered, ({ why, from }) => `${why} ${from}`).values()].toSorted(
    (a, b) => b.length - a.length,
  )
  const first = most?.[0]
  if (!first) return of('searched', null, null)
  return of(
    first.why,
    first.why === 'neck' || first.why === 'station' ? (grids[first.from] ?? null) : null,
    first.unit,
  )
}

interface Hindrance {
  readonly why: Why
  readonly unit: number
  /** District that would lose the unit. */
  readonly from: number
}

/** Why each unit that could pass between the district and its neighbours does not. */
function hindrances(
  { graph }: Ward,
  plan: Int32Array,
  worst: number,
  room: number,
  gives: boolean,
): readonly Hindrance[] {
  const spared = sparing(graph)
  const seen = new Set<number>()
  const found: Hindrance[] = []
  graph.links.forEach((to, link) => {
    const unit = graph.sources[link] ?? 0
    const [from, beyond] = [plan[unit] ?? 0, plan[to] ?? 0]
    const passes = gives ? from === worst && beyond !== worst : beyond === worst && from !== worst
    if (!passes || seen.has(unit)) return
    seen.add(unit)
    found.push({ why: whyNot(unit), unit, from })
  })
  return found

  function whyNot(unit: number): Why {
    if (graph.fixed[unit]) return 'station'
    if (!spared(plan, unit)) return 'neck'
    return (graph.hours[unit] ?? 0) >= room ? 'coarse' : 'searched'
  }
}

/** A grid of the same community beside this one that may not change. */
function closedBeside(draft: Draft, ward: Ward, grid: GridKey): GridKey | null {
  for (const other of beside(draft, grid))
    if (!ward.grids.includes(other) && draft.grids.get(other)?.community === ward.community) return other
  return null
}

/** Grids that can exchange ground with no other, and are farther from the mean of their community than the aim. */
export function islands(meter: Meter, wards: readonly Ward[], aim: number): readonly Reason[] {
  return wards.flatMap((ward): readonly Reason[] => {
    const [grid] = ward.grids
    if (grid === undefined || ward.grids.length > 1) return []
    const { graph, grids } = wardOf(meter, communityOf(meter.draft, ward))
    const load = loadsOf(graph, graph.district)[grids.indexOf(grid)] ?? 0
    const share = graph.total.hours === 0 ? 0 : (load * graph.districts) / graph.total.hours - 1
    if (Math.abs(share) <= aim) return []
    const closed = closedBeside(meter.draft, ward, grid)
    const at = placeOfGrid(meter.draft, grid)
    return [{ why: closed === null ? 'alone' : 'locked', grid, share, other: closed, at }]
  })
}

const communityOf = ({ grids }: Draft, { community, area }: Ward): readonly PlanGrid[] =>
  [...grids.values()].filter((grid) => grid.community === community && areaOf(grid.kind) === area)
