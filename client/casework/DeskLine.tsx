import type { MouseEvent } from 'react'
import type { EventRow } from '#contract/events'
import { useUnitName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { leftWords } from '../i18n/span.ts'
import { EventLine, LEAD_LINE_HEIGHT, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { toggled, useChecked } from './checked.ts'
import css from './desk.module.css'
import { deadlineAt, type Desk } from './desks.ts'
import { LEVELS } from './moves.ts'

interface LineProps {
  readonly desk: Desk
  readonly row: EventRow
  /** The rows of the desk as they are listed; null where there is nothing to do with several at once. */
  readonly order: readonly EventRow[] | null
  readonly now: number
}

/** An event at a desk: a box to check, the clock of the desk, and what sets it apart. */
export function DeskLine({ desk, row, order, now }: LineProps) {
  const { t } = useLocal()
  const isChecked = useChecked(({ ids }) => ids.has(row.id))
  const words = useLineWords(desk)
  const due = deadlineAt(desk, row)
  const isStage = due !== Date.parse(row.dueAt)
  function check(event: MouseEvent): void {
    const ids = (order ?? []).map(({ id }) => id)
    useChecked.setState(toggled(useChecked.getState(), ids, row.id, event.shiftKey ? 'range' : 'one'))
  }
  return (
    <div className={css['line']} data-checked={isChecked}>
      {order === null ? null : (
        <span className={css['box']}>
          <input
            type="checkbox"
            checked={isChecked}
            aria-label={t('work.select', { number: row.number })}
            onClick={check}
            onChange={() => {}}
          />
        </span>
      )}
      <EventLine
        row={row}
        now={now}
        lead={words(row)}
        {...(isStage
          ? {
              when: {
                text: t('work.stageDue', { left: leftWords(t, due, now) }),
                light: now > due ? 'red' : 'amber',
              },
            }
          : {})}
      />
    </div>
  )
}

/** A line says something before the place unless there is nothing to say. */
export function lineHeight(desk: Desk, { supervision, important, asks }: EventRow): number {
  const isPlain = desk === 'intake' && supervision === 0 && !important && asks.length === 0
  return isPlain ? LINE_HEIGHT : LEAD_LINE_HEIGHT
}

/** What a row says first at a desk: where it stands, under which card, what is asked. */
function useLineWords(desk: Desk): (row: EventRow) => string | null {
  const { t } = useLocal()
  const unitName = useUnitName()
  return ({ status, units, supervision, important, asks }) => {
    const level = LEVELS[supervision] ?? 'none'
    const words = [
      supervision > 0 ? t(`level.${level}`) : null,
      important ? t('work.important') : null,
      ...asks.map((ask) => t(`ask.${ask}`)),
      desk === 'intake' ? null : t(`status.${status}`),
      desk !== 'unit' && units[0] !== undefined ? unitName(units[0]) : null,
    ].filter((word) => word !== null)
    return words.length === 0 ? null : words.join(' · ')
  }
}
