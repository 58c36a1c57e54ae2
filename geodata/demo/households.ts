import type { House } from './site.ts'
import type { Plot } from './staff.ts'

/** Households of the sub-district, and the bounds that an urban grid keeps. */
const TOTAL = 27046
const URBAN = { mean: 400, least: 318, most: 482 } as const

/** Households per house: dwellings scaled so that every urban grid holds a fair number and all add up. */
export function households(houses: readonly House[], plots: readonly Plot[]): readonly number[] {
  const result = houses.map(() => 0)
  const plotOf = new Map(plots.flatMap((plot) => plot.faces.map(({ id }) => [id, plot] as const)))
  const inPlot = Map.groupBy(
    houses.map((house, i) => ({ house, i })),
    ({ house }) => plotOf.get(house.atom),
  )
  let left = TOTAL
  for (const plot of plots) {
    if (plot.seat.area !== 'urban') continue
    const own = inPlot.get(plot) ?? []
    const same = plots.filter(({ seat }) => seat === plot.seat)
    const mean = same.reduce((sum, other) => sum + other.households, 0) / same.length
    const goal = Math.round(
      Math.max(URBAN.least, Math.min(URBAN.most, (URBAN.mean * plot.households) / mean)),
    )
    share(goal, own, result)
    left -= goal
  }
  const rural = plots.filter(({ seat }) => seat.area === 'rural').flatMap((plot) => inPlot.get(plot) ?? [])
  share(left, rural, result)
  return result
}

/** Largest remainders: whole households that add up to the goal. */
function share(
  goal: number,
  houses: readonly { readonly house: House; readonly i: number }[],
  result: number[],
): void {
  const total = houses.reduce((sum, { house }) => sum + house.dwellings, 0)
  const parts = houses.map(({ house, i }) => ({
    i,
    exact: total === 0 ? 0 : (goal * house.dwellings) / total,
  }))
  let rest = goal
  for (const { i, exact } of parts) {
    result[i] = Math.floor(exact)
    rest -= Math.floor(exact)
  }
  const sorted = parts.toSorted((a, b) => (b.exact % 1) - (a.exact % 1) || a.i - b.i)
  for (const { i } of sorted.slice(0, rest)) result[i] = (result[i] ?? 0) + 1
}
