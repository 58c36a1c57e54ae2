import { sidesOf, type Draft, type GridKey } from '#geo/plan/draft'
import type { Meter } from '#geo/plan/meter'
import type { PlanPaint } from '../data/view.ts'
import type { Look } from '../map/scene.ts'

/** Quiet hues of about equal weight, no two alike for colour-blind eyes; neighbours never have the same. */
const HUES = {
  light: ['#8fb8de', '#e3c077', '#a8c98f', '#d7a6cf', '#8fc9c4', '#dda394', '#b7b2de'],
  dark: ['#4a7fb5', '#8f7532', '#5d8a4b', '#8c5a87', '#3f857f', '#9a5a4a', '#6a64a8'],
} as const

/** Under the mean to above it, and the same steps for households under 300 to above 500. */
const STEPS = {
  light: ['#2f7fa8', '#8fc1d4', '#e9e6dd', '#efb98a', '#c4622f'],
  dark: ['#3f9cc9', '#2c617a', '#39424b', '#8a5530', '#d9773b'],
} as const

/** Shares of deviation from the mean hours that part the steps. */
export const HOUR_BOUNDS = [-0.3, -0.1, 0.1, 0.3] as const
export const HOUSEHOLD_BOUNDS = [200, 300, 500, 650] as const

export type Hues = ReadonlyMap<GridKey, number>

/** A hue for each grid that none of its neighbours has; a grid keeps the one that it has had. */
export function huesOf(draft: Draft, had: Hues = new Map()): Hues {
  if ([...draft.grids.keys()].every((key) => had.has(key))) return had
  const around = neighboursOf(draft)
  const hues = new Map([...had].filter(([key]) => draft.grids.has(key)))
  for (const key of [...draft.grids.keys()].toSorted((a, b) => a - b)) {
    if (hues.has(key)) continue
    const taken = new Set([...(around.get(key) ?? [])].map((other) => hues.get(other)))
    const used = HUES.light.map((_, hue) => [...hues.values()].filter((each) => each === hue).length)
    const free = HUES.light.map((_, hue) => hue).filter((hue) => !taken.has(hue))
    const best = free.toSorted((a, b) => (used[a] ?? 0) - (used[b] ?? 0))[0]
    hues.set(key, best ?? Math.abs(key) % HUES.light.length)
  }
  return hues
}

function neighboursOf(draft: Draft): ReadonlyMap<GridKey, ReadonlySet<GridKey>> {
  const found = new Map<GridKey, Set<GridKey>>()
  for (const arc of draft.arcs.values()) {
    const [left, right] = sidesOf(draft, arc)
    if (left === right) continue
    found.set(left, (found.get(left) ?? new Set()).add(right))
    found.set(right, (found.get(right) ?? new Set()).add(left))
  }
  return found
}

const hueColor = (hue: number, look: Pick<Look, 'theme'>): string =>
  HUES[look.theme][hue % HUES.light.length] ?? HUES.light[0]

export const stepColor = (step: number, look: Pick<Look, 'theme'>): string =>
  STEPS[look.theme][step] ?? STEPS.light[2]

const stepOf = (value: number, bounds: readonly number[]): number =>
  bounds.filter((bound) => value >= bound).length

/** Mean hours of the grids of town and of country, which are never measured by each other. */
function meanHours(draft: Draft, meter: Meter): (key: GridKey) => number {
  const sums = { urban: [0, 0], rural: [0, 0] }
  for (const key of draft.grids.keys()) {
    const sum = sums[areaOf(draft, key)]
    sum[0] = (sum[0] ?? 0) + meter.of(key).hours.total
    sum[1] = (sum[1] ?? 0) + 1
  }
  return (key) => {
    const [hours = 0, count = 1] = sums[areaOf(draft, key)]
    return hours / Math.max(1, count)
  }
}

const areaOf = (draft: Draft, key: GridKey): 'urban' | 'rural' =>
  draft.grids.get(key)?.kind === 'rural-comprehensive' ? 'rural' : 'urban'

/** The colour of each grid by what the view asks for. */
export function gridColors(
  draft: Draft,
  meter: Meter,
  hues: Hues,
  by: PlanPaint,
  look: Pick<Look, 'theme'>,
): ReadonlyMap<GridKey, string> {
  const keys = [...draft.grids.keys()]
  if (by === 'plan') return new Map(keys.map((key) => [key, hueColor(hues.get(key) ?? 0, look)]))
  if (by === 'households') {
    return new Map(
      keys.map((key) => [key, stepColor(stepOf(meter.of(key).households, HOUSEHOLD_BOUNDS), look)]),
    )
  }
  const mean = meanHours(draft, meter)
  return new Map(
    keys.map((key) => {
      const share = meter.of(key).hours.total / Math.max(1e-9, mean(key)) - 1
      return [key, stepColor(stepOf(share, HOUR_BOUNDS), look)]
    }),
  )
}
