import { copyOf, type Draft, type GridKey } from '../plan/draft.ts'
import { openMeter, type Meter } from '../plan/meter.ts'
import type { Sites } from '../plan/sites.ts'
import { standingOf } from '../plan/standards.ts'
import { balanceOf, type Balance } from './balance.ts'
import { curveOf, picksOf, type Choice } from './curve.ts'
import { done, type Suggested } from './done.ts'
import type { Reason } from './reasons.ts'
import { finer, foundBy, roundOf, type Found, type Round } from './rounds.ts'
import { islands, stuckIn, unevenCommunities } from './stuck.ts'
import { wardsOf, type Ward } from './wards.ts'

export interface Wish {
  /** Grids that may change; null is all. Locked ones never do. */
  readonly scope: ReadonlySet<GridKey> | null
  /** Share of all households of the draft that may get another grid. */
  readonly share: number
  /** Deviation that is even enough: no atom is cut where whole ones keep it, and no reason is asked for. */
  readonly aim: number
  readonly seed: number
  /** Flips proposed in all. The answer depends on this, not on the time that they take. */
  readonly proposals: number
}

export const USUAL: Omit<Wish, 'scope'> = { share: 0.15, aim: 0.1, seed: 1, proposals: 3_000_000 }

/** How a search ended; one that the time ended is not the same again. */
type Ended = 'finished' | 'stopped' | 'time'

export interface Limits {
  readonly now: () => number
  /** Milliseconds after which it makes do with what it has. */
  readonly capMs: number
  readonly isStopped: () => boolean
}

export const UNLIMITED: Limits = { now: () => 0, capMs: Infinity, isStopped: () => false }

/** A place on the curve. */
export interface Mark {
  readonly moved: number
  readonly worst: number
  readonly rms: number
}

export interface Progress {
  /** Of the search, from 0 to 1. */
  readonly share: number
  readonly curve: readonly Mark[]
}

export interface Suggestion {
  readonly before: Balance
  /** Rules that grids break as it is; see standards.ts of the plan. */
  readonly broken: number
  /** Households of the draft. */
  readonly households: number
  readonly curve: readonly Mark[]
  /** Ascending by households moved. */
  readonly plans: readonly Suggested[]
  readonly reasons: readonly Reason[]
  readonly ended: Ended
}

/** The whole search at once. */
export function suggest(draft: Draft, sites: Sites, wish: Wish, limits = UNLIMITED): Suggestion {
  const search = suggesting(draft, sites, wish, limits)
  for (;;) {
    const step = search.next()
    if (step.done) return step.value
  }
}

/** The same in steps of some tens of milliseconds, so that a worker can hear in between that it shall stop. Does not change the draft. */
export function* suggesting(
  draft: Draft,
  sites: Sites,
  wish: Wish,
  limits: Limits,
): Generator<Progress, Suggestion> {
  const began = limits.now()
  const over = (): Ended | null => {
    if (limits.isStopped()) return 'stopped'
    return limits.now() - began > limits.capMs ? 'time' : null
  }
  const base = openMeter(copyOf(draft), sites)
  const wards = wardsOf(base, wish.scope)
  const rounds = new Map(wards.map((ward) => [ward, [roundOf(ward, effortFor(ward, wards, wish))]]))
  let ended = yield* searched([...rounds.values()].flat(), rounds, 0, over)
  const coarse = wards.filter((ward) => isCoarse(ward, foundBy(rounds.get(ward) ?? []), wish))
  if (!ended && coarse.length > 0) {
    const again = finer(draft, sites, coarse).map(({ of, ward, pieces }) => {
      const round = roundOf(ward, effortFor(of, coarse, wish), pieces)
      rounds.get(of)?.push(round)
      return round
    })
    ended = yield* searched(again, rounds, 0.5, over)
  }
  return summary(base, wish, rounds, ended ?? 'finished')
}

type Rounds = ReadonlyMap<Ward, readonly Round[]>

/** Half of the proposals go to whole atoms, half to pieces; each ward has as many as its units ask for. */
function effortFor(ward: Ward, wards: readonly Ward[], { seed, proposals }: Wish) {
  const units = wards.reduce((sum, { graph }) => sum + graph.size, 0)
  return { seed, proposals: Math.round((proposals * ward.graph.size) / Math.max(1, units) / 2) }
}

/** Takes the searches by turns, a leg of each, so that the curve of all falls from the begin. */
function* searched(
  searches: readonly Round[],
  rounds: Rounds,
  from: number,
  over: () => Ended | null,
): Generator<Progress, Ended | null> {
  let open = searches
  for (let lap = 1; open.length > 0; lap++) {
    const next: Round[] = []
    for (const round of open) {
      const ended = over()
      if (ended) return ended
      if (!round.search.next().done) next.push(round)
    }
    open = next
    yield { share: Math.min(from + 0.5, from + (0.5 * lap) / LAPS), curve: marksOf(rounds) }
  }
  return null
}

/** Legs of one search. */
const LAPS = 17

const frontsOf = (rounds: Rounds) =>
  [...rounds].map(([ward, own]) => ({ districts: ward.graph.districts, answers: foundBy(own) }))

const markOf = ({ moved, worst, rms }: Choice): Mark => ({ moved, worst, rms })

const marksOf = (rounds: Rounds): readonly Mark[] => curveOf(frontsOf(rounds)).map(markOf)

/** Whether whole atoms keep the aim only by moving much, or not at all. */
function isCoarse({ graph }: Ward, found: readonly Found[], { aim }: Wish): boolean {
  const even = found.find(({ worst }) => worst <= aim)
  return !even || even.moved > MUCH * graph.total.households
}

const MUCH = 0.08

function summary(base: Meter, wish: Wish, rounds: Rounds, ended: Ended): Suggestion {
  const { households } = base.total()
  const fronts = frontsOf(rounds)
  const curve = curveOf(fronts)
  const allowed = curve.filter(({ moved }) => moved <= wish.share * households)
  return {
    before: balanceOf(base, wish.scope),
    broken: standingOf({ draft: base.draft, meter: base }).breaches.length,
    households,
    curve: curve.map(markOf),
    plans: plansFrom(base, wish, allowed),
    reasons: [
      ...unevenCommunities(base, [...rounds.keys()]),
      ...beyond(curve, allowed.length, households),
      ...islands(base, [...rounds.keys()], wish.aim),
      ...fronts.flatMap(({ answers }) => held(base.draft, answers.at(-1), wish)),
    ],
    ended,
  }
}

/** The picks as operations. One that cannot be done step by step gives way to its neighbours on the curve. */
function plansFrom(base: Meter, wish: Wish, allowed: readonly Choice<Found>[]): readonly Suggested[] {
  const refused = new Set<Choice<Found>>()
  const plans = new Map<Choice<Found>, Suggested>()
  for (;;) {
    const picks = picksOf(
      allowed.filter((choice) => !refused.has(choice)),
      wish.aim,
    )
    const open = picks.filter((choice) => !plans.has(choice))
    if (open.length === 0) return picks.flatMap((choice) => plans.get(choice) ?? [])
    for (const choice of open) {
      const plan = done(base, choice, wish.scope)
      if (plan) plans.set(choice, plan)
      else refused.add(choice)
    }
  }
}

/** From here on it is worth a word that more would be possible: a hundredth of the mean. */
const NOTABLE = 0.01

function beyond(curve: readonly Choice[], allowed: number, households: number): readonly Reason[] {
  const last = curve[allowed - 1]
  const next = curve.slice(allowed).find((choice) => !last || gain(last, choice) > NOTABLE)
  return next ? [{ why: 'share', moved: next.moved / Math.max(1, households) }] : []
}

const gain = (from: Choice, to: Choice): number => Math.max(from.worst - to.worst, from.rms - to.rms)

function held(draft: Draft, best: Found | undefined, { aim }: Wish): readonly Reason[] {
  return best && best.worst > aim ? [stuckIn(draft, best)] : []
}
