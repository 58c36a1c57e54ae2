import type { Db } from '#db/open'
import { wake } from '#db/wake'
import { holderOf } from '../../accounts/rules.ts'
import { ACCOUNTS } from '../../accounts/actions/gate.ts'
import { audienceOf, rowOf } from '../../events/rules.ts'
import { locateAll } from '../../grids/actions.ts'
import type { Spot } from '../../grids/store.ts'
import { openBeat, type Beat, type BeatOptions } from '../../sweep/actions/beat.ts'
import { GROUND, PLANS } from '../../trail/rules.ts'
import { append, type NewStep } from '../../trail/store.ts'
import { keeperOf } from '../rules.ts'
import {
  findNextSwitch,
  listHeirs,
  lockOpen,
  markSwitched,
  renameGrids,
  saveHanded,
  shiftBuildings,
  shiftDisputes,
  shiftDuties,
  shiftWorkers,
  takeDuePlan,
  type DuePlan,
  type Handed,
  type Kept,
} from '../store/switch.ts'

/** As the trail names it. */
const ACTOR = 'switch'

/**
 * Carries out the earliest plan whose instant has come: names, workers, stations, buildings, open work and open files go over, all in
 * one transaction. False if there is none left, or another process is at it. Boundaries and placement need nobody: their periods
 * switched by themselves, however late this is.
 */
export function switchDue(db: Db, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const plan = await takeDuePlan(tx, now)
    if (!plan) return false
    const heirs = await listHeirs(tx, plan.id)
    await renameGrids(tx, plan.id)
    const shifted = await shiftWorkers(tx, plan.id)
    const accounts = await shiftDuties(tx, plan.id, shifted, [...heirs.keys()])
    const buildings = await shiftBuildings(tx, new Date(plan.from))
    const kept = await handOver(tx, plan, heirs, now)
    const files = await shiftDisputes(tx, heirs)
    const version = await markSwitched(tx, plan, now)
    const told = { actor: ACTOR, at: now }
    await append(tx, [
      ...kept,
      ...files.map(({ id, gridId }) => ({
        ...told,
        step: 'dispute.kept',
        subject: `dispute/${id}`,
        data: { gridId },
      })),
      ...(version === null ? [] : [effective(plan, version, now)]),
      {
        ...told,
        step: 'plan.switched',
        subject: `plan/${plan.id}`,
        audience: [GROUND],
        data: {
          id: plan.id,
          since: new Date(plan.from).toISOString(),
          events: kept.length,
          buildings,
          accounts,
          disputes: files.length,
          workers: shifted,
        },
      },
    ])
    if (accounts > 0) await wake(tx, ACCOUNTS)
    return true
  })
}

function effective({ scenario: id }: DuePlan, version: number, now: Date): NewStep {
  const data = { id, version, status: 'effective' }
  return {
    step: 'scenario.effective',
    subject: `scenario/${id}`,
    actor: ACTOR,
    at: now,
    audience: [PLANS],
    data,
  }
}

/** Open events follow the ground that they lie on; the line of each is heard by who had it and by who has it. */
async function handOver(
  tx: Db,
  { from }: DuePlan,
  heirs: ReadonlyMap<number, number>,
  now: Date,
): Promise<NewStep[]> {
  const open = await lockOpen(tx, new Date(from))
  if (open.length === 0) return []
  const [before, after] = [await gridsAt(tx, open, from - 1), await gridsAt(tx, open, from)]
  const changed = new Map<number, { readonly was: Kept; readonly handed: Handed }>()
  open.forEach((was, n) => {
    const handed = handedOf(was, { before: before[n] ?? null, after: after[n] ?? null }, heirs)
    if (handed) changed.set(was.id, { was, handed })
  })
  const saved = await saveHanded(
    tx,
    [...changed.values()].map(({ handed }) => handed),
    now,
  )
  return saved.flatMap((facts): NewStep[] => {
    const was = changed.get(facts.id)?.was
    if (!was) return []
    const asked = { gridId: was.askedGridId, units: [], reporter: null }
    return [
      {
        step: 'event.kept',
        subject: `event/${facts.id}`,
        actor: ACTOR,
        at: now,
        audience: audienceOf(was, facts, asked),
        data: { ...rowOf(facts), from: holderOf(was), since: new Date(from).toISOString() },
      },
    ]
  })
}

async function gridsAt(tx: Db, events: readonly Kept[], at: number): Promise<(number | null)[]> {
  const spots = events.map(({ position: [lng = 0, lat = 0] }): Spot => ({
    position: [lng, lat],
    at: new Date(at),
  }))
  return (await locateAll(tx, spots)).map(({ grid }) => grid?.id ?? null)
}

/** Where an event goes; null if it stays as it is. */
function handedOf(
  event: Kept,
  place: { readonly before: number | null; readonly after: number | null },
  heirs: ReadonlyMap<number, number>,
): Handed | null {
  const holder = holderOf(event)
  if (holder === null) return null
  const keeper = keeperOf({ holder, ...place }, heirs)
  const wanted = event.askedGridId === null ? null : (heirs.get(event.askedGridId) ?? event.askedGridId)
  if (keeper === holder && wanted === event.askedGridId) return null
  // Who was asked to take it over has it now.
  const lapsed = wanted !== null && wanted === keeper
  return {
    id: event.id,
    keeperId: keeper === event.gridId ? null : keeper,
    askedGridId: lapsed ? null : wanted,
    lapsed,
  }
}

export interface SwitchOptions extends Pick<BeatOptions, 'now' | 'onError' | 'everyMs'> {
  /** Called after each plan that was carried out. */
  readonly committed?: () => void
}

/** Carries out plans at their instants. Any number of processes may: each plan is carried out once, in the order of their instants. */
export function openSwitch(db: Db, { committed, ...options }: SwitchOptions): Beat {
  async function work(): Promise<void> {
    while (await switchDue(db, options.now())) committed?.()
  }
  return openBeat({ ...options, work, findNext: () => findNextSwitch(db) })
}
