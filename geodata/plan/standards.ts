import type { Lattice } from '../fabric.ts'
import type { Draft, GridKey, GridKind, PlanGrid } from './draft.ts'
import { areaOf } from './hours.ts'
import type { Measures, Meter } from './meter-measures.ts'
import { around } from './parts.ts'
import { placeOfAtom, placeOfGrid } from './places.ts'

/** One side of a comparison: a draft and what it adds up to. */
export interface Side {
  readonly draft: Draft
  readonly meter: Meter
}

/**
 * What a division should be. `source` is the mark of shared/domain.md §3: S46 is a town's rule, P our proposal, open to change.
 * For grids in the country no range was found, so none is asked of them.
 */
export const STANDARDS = {
  households: { urban: { least: 300, most: 500 }, rural: null, source: 'S46' },
  /** Polsby–Popper. */
  compactness: { least: 0.2, source: 'P' },
  /** Share of the mean hours of a week of the grids of its kind: urban and rural, full-time and part-time work are kept apart. */
  hours: { most: 0.25, source: 'P' },
} as const

export const STANDARD_RULES = [
  'households',
  /** It hangs together through more than corners. */
  'parts',
  /** All of it lies in its own community. */
  'community',
  'compactness',
  /** It has a worker, who has no other grid. */
  'worker',
  /** Its station stands on its own ground. */
  'station',
  'hours',
] as const
export type StandardRule = (typeof STANDARD_RULES)[number]

/** A rule that a grid breaks. */
export interface Breach {
  readonly rule: StandardRule
  readonly grid: GridKey
  /**
   * What was measured: households, parts, atoms in other communities, compactness, grids of the worker (0: no worker), grids that
   * the station is away (1), deviation from the mean as a share.
   */
  readonly value: number
  /** Where to look. */
  readonly at: Lattice | null
}

export interface Standing extends Evenness {
  readonly breaches: readonly Breach[]
}

/** How evenly the work is shared among the grids of each kind. */
export interface Evenness {
  /** Hours of a week over the mean of its kind, as a share: 0.1 is a tenth more. */
  readonly deviations: ReadonlyMap<GridKey, number>
  /** The largest of them, without its sign. */
  readonly worstDeviation: number
  /** Of each kind that has grids. */
  readonly meanHours: ReadonlyMap<GridKind, number>
}

export function evennessOf(meter: Meter): Evenness {
  const kinds = Map.groupBy(meter.draft.grids.values(), ({ kind }) => kind)
  const meanHours = new Map<GridKind, number>()
  const deviations = new Map<GridKey, number>()
  for (const [kind, grids] of kinds) {
    const hours = grids.map(({ key }) => meter.of(key).hours.total)
    const mean = hours.reduce((sum, value) => sum + value, 0) / hours.length
    meanHours.set(kind, mean)
    grids.forEach(({ key }, i) => deviations.set(key, mean > 0 ? (hours[i] ?? 0) / mean - 1 : 0))
  }
  const worstDeviation = Math.max(0, ...[...deviations.values()].map(Math.abs))
  return { deviations, worstDeviation, meanHours }
}

/** The last answer for each meter; nothing changes without the meter. */
const known = new WeakMap<Meter, { readonly at: number; readonly standing: Standing }>()

export function standingOf(side: Side): Standing {
  const last = known.get(side.meter)
  if (last?.at === side.meter.revision()) return last.standing
  const standing = standingNow(side)
  known.set(side.meter, { at: side.meter.revision(), standing })
  return standing
}

function standingNow({ draft, meter }: Side): Standing {
  const evenness = evennessOf(meter)
  const gridsOf = workload(draft)
  const grids = [...draft.grids.values()].toSorted((a, b) => a.key - b.key)
  const breaches = grids.flatMap((grid) => {
    const measures = meter.of(grid.key)
    const plain = (rule: StandardRule, value: number | null): readonly Breach[] =>
      value === null ? [] : [{ rule, grid: grid.key, value, at: placeOfGrid(draft, grid.key) }]
    return [
      ...plain('households', tooFewOrMany(grid, measures)),
      ...whole(draft, meter, grid),
      ...plain(
        'compactness',
        measures.compactness < STANDARDS.compactness.least ? measures.compactness : null,
      ),
      ...plain('worker', workerFault(grid, gridsOf)),
      ...stationFault(meter, grid),
      ...plain('hours', astray(evenness.deviations.get(grid.key) ?? 0)),
    ]
  })
  return { ...evenness, breaches }
}

function tooFewOrMany({ kind }: PlanGrid, { households }: Measures): number | null {
  const range = STANDARDS.households[areaOf(kind)]
  if (!range || (households >= range.least && households <= range.most)) return null
  return households
}

function astray(deviation: number): number | null {
  return Math.abs(deviation) > STANDARDS.hours.most ? deviation : null
}

function workload(draft: Draft): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const { worker } of draft.grids.values())
    if (worker !== null) found.set(worker, (found.get(worker) ?? 0) + 1)
  return found
}

function workerFault({ worker }: PlanGrid, gridsOf: ReadonlyMap<number, number>): number | null {
  const count = worker === null ? 0 : (gridsOf.get(worker) ?? 0)
  return count === 1 ? null : count
}

function stationFault(meter: Meter, { key, station }: PlanGrid): readonly Breach[] {
  const home = meter.stationIn(key)
  return home === null || home === key ? [] : [{ rule: 'station', grid: key, value: 1, at: station }]
}

/** Walks of grids that have not changed since are not walked again. */
const walked = new WeakMap<
  Meter,
  Map<GridKey, { readonly at: number; readonly breaches: readonly Breach[] }>
>()

function whole(draft: Draft, meter: Meter, grid: PlanGrid): readonly Breach[] {
  const walks = walked.get(meter) ?? new Map()
  walked.set(meter, walks)
  const last = walks.get(grid.key)
  if (last?.at === meter.changedAt(grid.key)) return last.breaches
  const breaches = [...scattered(draft, grid), ...abroad(draft, grid)]
  walks.set(grid.key, { at: meter.changedAt(grid.key), breaches })
  return breaches
}

function scattered(draft: Draft, { key }: PlanGrid): readonly Breach[] {
  const left = new Set(draft.atomsOfGrid.get(key))
  let [parts, stray] = [0, 0]
  for (const seed of left) {
    parts++
    stray = seed
    const reached = new Set([seed])
    for (const atom of reached) {
      left.delete(atom)
      for (const next of around(draft, atom)) if (left.has(next)) reached.add(next)
    }
  }
  return parts === 1 ? [] : [{ rule: 'parts', grid: key, value: parts, at: placeOfAtom(draft, stray) }]
}

function abroad(draft: Draft, { key, community }: PlanGrid): readonly Breach[] {
  const atoms = [...(draft.atomsOfGrid.get(key) ?? [])].filter(
    (atom) => draft.atoms.get(atom)?.community !== community,
  )
  const [first] = atoms
  if (first === undefined) return []
  return [{ rule: 'community', grid: key, value: atoms.length, at: placeOfAtom(draft, first) }]
}

interface Sentence {
  readonly zh: string
  readonly en: string
}

/** What is wrong with the grid, with its measure and the standard's. */
export function breachSentence({ rule, grid, value }: Breach, nameOf: (key: GridKey) => string): Sentence {
  const { zh, en } = SENTENCES[rule](value)
  return { zh: `${nameOf(grid)}${zh}`, en: `${nameOf(grid)} ${en}` }
}

const percent = (share: number): string => `${Math.round(Math.abs(share) * 100)}%`

const { urban: range } = STANDARDS.households

const SENTENCES: Readonly<Record<StandardRule, (value: number) => Sentence>> = {
  households: (value) => ({
    zh: `有 ${value} 户，城市网格应为 ${range.least}–${range.most} 户`,
    en: `has ${value} households; urban grids have ${range.least}–${range.most}`,
  }),
  parts: (value) => ({
    zh: `分成 ${value} 块，应连成一片`,
    en: `lies in ${value} parts; a grid is one piece`,
  }),
  community: (value) => ({
    zh: `有 ${value} 个地块不在本村、社区`,
    en: `has ${value} ${value === 1 ? 'atom' : 'atoms'} in another village or community`,
  }),
  compactness: (value) => ({
    zh: `形状狭长，紧凑度 ${value.toFixed(2)}，不低于 ${STANDARDS.compactness.least.toFixed(2)} 为宜`,
    en: `is drawn out: compactness ${value.toFixed(2)}, expected at least ${STANDARDS.compactness.least.toFixed(2)}`,
  }),
  worker: (value) =>
    value === 0
      ? { zh: '没有网格员', en: 'has no worker' }
      : { zh: `的网格员同时负责 ${value} 个网格`, en: `shares its worker: ${value} grids, one person` },
  station: () => ({ zh: '的服务站不在本网格内', en: 'has its station outside its own ground' }),
  hours: (value) => ({
    zh: `每周工时比同类网格平均${value > 0 ? '多' : '少'} ${percent(value)}，上下不超过 ${percent(STANDARDS.hours.most)} 为宜`,
    en: `asks ${percent(value)} ${value > 0 ? 'more' : 'fewer'} hours a week than grids of its kind on average; ${percent(STANDARDS.hours.most)} is the limit`,
  }),
}
