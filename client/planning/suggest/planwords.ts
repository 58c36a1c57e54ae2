import type { Suggested } from '#geo/balance/done'
import { useLocal } from '../../i18n/local.ts'
import { percent } from '../impact/figures.ts'
import { useSearch } from './search.ts'

/** A share with as many digits as tell plans apart. */
export function closely(share: number): string {
  return share > 0 && share < 0.1 ? `${(share * 100).toFixed(1)}%` : percent(share)
}

/** A plan in one sentence. */
export function usePointWords(): (i: number, plan: Suggested) => string {
  const { t, number } = useLocal()
  const all = useSearch((search) => search.suggestion?.households ?? 0)
  return (i, { moved, balance }) =>
    t('suggest.point', {
      n: i + 1,
      households: number(moved),
      share: closely(all > 0 ? moved / all : 0),
      worst: closely(balance.own.worst),
      rms: closely(balance.own.rms),
    })
}

/** The next number that is at least as large and parts into whole round steps. */
export function fine(least: number, parts: number): number {
  const step = least / parts
  const unit = 10 ** Math.floor(Math.log10(step))
  const round =
    [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(
      (times) => times * unit >= step && (times * unit) % 1 === 0,
    ) ?? 10
  return Math.max(parts, round * unit * parts)
}
