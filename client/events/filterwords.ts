import type { EventFilter } from '#contract/events'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { chosenOf, useOptions, type Facet } from './facets.ts'

/** The whole filter in one line, for paper. */
export function useFilterWords(filter: EventFilter): string {
  const { t } = useLocal()
  const now = useNow(60)
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const facets = [
    useFacetWords(filter, 'status'),
    useFacetWords(filter, 'light'),
    useFacetWords(filter, 'category'),
    useFacetWords(filter, 'grid'),
    useFacetWords(filter, 'community'),
    useFacetWords(filter, 'source'),
    useFacetWords(filter, 'unit'),
    useFacetWords(filter, 'asks'),
  ]
  const { state, text, from, to, closedFrom, bbox, watched, mine } = filter
  return [
    state && t(`filter.${state}`),
    text && `“${text}”`,
    ...facets,
    watched && t('filter.watched'),
    mine && t('filter.mine'),
    from && t('filter.since', { from: at(from) }),
    to && t('filter.until', { to: at(to) }),
    closedFrom && t('filter.closedSince', { from: at(closedFrom) }),
    bbox && t('filter.area'),
  ]
    .filter(Boolean)
    .join(' · ')
}

function useFacetWords(filter: EventFilter, facet: Facet): string {
  const options = useOptions(facet)
  return chosenOf(filter, facet)
    .map((value) => options.find((option) => option.value === value)?.label ?? value)
    .join('、')
}
