import type { GridEvent } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategories, useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords, spanWords } from '../i18n/span.ts'
import css from './detail.module.css'

/** How late the event is, by when it is due, and why then. */
export function Deadline({ event, now }: { readonly event: GridEvent; readonly now: number }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const category = useCategories().find((each) => each.code === event.category)
  const words = (instant: string) => exactWords(t, Date.parse(instant), now)
  return (
    <div className={css['deadline']} data-light={light(event, now)}>
      <p className={css['left']}>
        <Headline event={event} now={now} />
      </p>
      <p className={css['due']}>
        {event.closedAt === null
          ? t('detail.due', { at: words(event.dueAt) })
          : t('detail.wasDue', { at: words(event.dueAt) })}
      </p>
      {category ? (
        <p className={css['because']}>
          {t('detail.why', {
            category: nameOf(category.code),
            urgency: t(`urgency.${category.urgency}`),
            limit: t(`limit.${category.limit.unit}`, { count: category.limit.amount }),
            at: words(event.reportedAt),
          })}
        </p>
      ) : null}
    </div>
  )
}

function Headline({ event, now }: { readonly event: GridEvent; readonly now: number }) {
  const { t } = useLocal()
  if (event.status === 'held') return t('detail.hold')
  if (event.status === 'rejected') return t('detail.rejected')
  if (event.status === 'merged') return t('detail.merged')
  const due = Date.parse(event.dueAt)
  if (event.closedAt === null) return leftWords(t, due, now)
  const closed = Date.parse(event.closedAt)
  if (closed > due) return t('detail.closedLate', { span: spanWords(t, closed - due) })
  return t('detail.closedOnTime', { span: spanWords(t, closed - Date.parse(event.reportedAt)) })
}
