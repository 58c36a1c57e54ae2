import { useQuery } from '@tanstack/react-query'
import { listEvents } from '#contract/events'
import { call } from '../data/api.ts'
import { useCategoryName, useGridName } from '../data/catalog.ts'
import { useNow } from '../data/clock.ts'
import { useMay } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { instantWords } from '../i18n/span.ts'
import css from './wall.module.css'

const NEWS = 3

/** The latest reports. */
export function WallNews() {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const gridName = useGridName()
  const now = useNow(60)
  const may = useMay('events.read')
  const { data } = useQuery({
    queryKey: ['events', 'news'],
    enabled: may,
    queryFn: ({ signal }) => call(listEvents, { query: { sort: 'newest', limit: NEWS }, signal }),
  })
  return (
    <ul className={css['news']}>
      {(data?.items ?? []).map((row) => (
        <li key={row.id}>
          <time>{instantWords(t, Date.parse(row.reportedAt), now)}</time>
          <span>{nameOf(row.category)}</span>
          <span className={css['where']}>{gridName(row.gridId) ?? t('events.noGrid')}</span>
        </li>
      ))}
    </ul>
  )
}
