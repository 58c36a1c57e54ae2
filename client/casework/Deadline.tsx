import type { Case } from '#contract/casework'
import type { Condition } from '#contract/deadlines'
import type { GridEvent } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategories, useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords, spanWords } from '../i18n/span.ts'
import { WhyDue } from './Clock.tsx'
import css from './detail.module.css'

interface DeadlineProps {
  readonly event: GridEvent
  readonly work: Case | undefined
  readonly now: number
}

/** How late the event is, by when it is due and why then, and what is left at the node where it waits. */
export function Deadline({ event, work, now }: DeadlineProps) {
  const { t } = useLocal()
  const words = (instant: string) => exactWords(t, Date.parse(instant), now)
  const condition = work?.condition ?? null
  return (
    <div className={css['deadline']} data-light={light(event, now)}>
      <p className={css['left']}>
        <Headline event={event} heldUntil={work?.heldUntil ?? null} now={now} />
      </p>
      <p className={css['due']}>
        {event.closedAt === null
          ? t('detail.due', { at: words(event.dueAt) })
          : t('detail.wasDue', { at: words(event.dueAt) })}
      </p>
      {event.stageDueAt !== null && event.closedAt === null ? (
        <p className={css['stage']} data-late={now > Date.parse(event.stageDueAt)}>
          {t(`status.${event.status}`)}
          {' · '}
          {t('work.stageDue', { left: leftWords(t, Date.parse(event.stageDueAt), now) })}
        </p>
      ) : null}
      <Because event={event} condition={condition} now={now} />
      {work ? <WhyDue why={work.why} amberAt={event.amberAt} /> : null}
    </div>
  )
}

interface BecauseProps {
  readonly event: GridEvent
  readonly condition: Condition | null
  readonly now: number
}

/** The condition under which it was filed, or the class and its usual limit until then. */
function Because({ event, condition, now }: BecauseProps) {
  const { t, either } = useLocal()
  const nameOf = useCategoryName()
  const category = useCategories().find((each) => each.code === event.category)
  if (condition) return <p className={css['because']}>{either(condition.text.zh, condition.text.en)}</p>
  if (!category) return null
  return (
    <p className={css['because']}>
      {t('detail.why', {
        category: nameOf(category.code),
        urgency: t(`urgency.${category.urgency}`),
        limit: t(`limit.${category.limit.unit}`, { count: category.limit.amount }),
        at: exactWords(t, Date.parse(event.reportedAt), now),
      })}
    </p>
  )
}

interface HeadlineProps {
  readonly event: GridEvent
  readonly heldUntil: string | null
  readonly now: number
}

function Headline({ event, heldUntil, now }: HeadlineProps) {
  const { t } = useLocal()
  if (event.status === 'held') {
    if (heldUntil === null) return t('detail.hold')
    return t('detail.holdUntil', { at: exactWords(t, Date.parse(heldUntil), now) })
  }
  if (event.status === 'rejected') return t('detail.rejected')
  if (event.status === 'merged') return t('detail.merged')
  const due = Date.parse(event.dueAt)
  if (event.closedAt === null) return leftWords(t, due, now)
  const closed = Date.parse(event.closedAt)
  if (closed > due) return t('detail.closedLate', { span: spanWords(t, closed - due) })
  return t('detail.closedOnTime', { span: spanWords(t, closed - Date.parse(event.reportedAt)) })
}
