import type { EventRow, Light } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategoryName, useGridName } from '../data/catalog.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { instantWords, leftWords } from '../i18n/span.ts'
import { LightMark } from './LightMark.tsx'
import css from './rows.module.css'

export const LINE_HEIGHT = 54
/** Of a line that says something before the place. */
export const LEAD_LINE_HEIGHT = 72

interface LineProps {
  readonly row: EventRow
  readonly now: number
  /** Said before the place. */
  readonly lead?: string | null
  /** Another clock than the promise, such as that of a stage. */
  readonly when?: { readonly text: string; readonly light: Light }
}

/** One event in a list: what, how late, where, and its number. */
export function EventLine({ row, now, lead = null, when }: LineProps) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const gridName = useGridName()
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const shown = light(row, now)
  const isCurrent = selection.kind === 'event' && selection.id === row.id
  return (
    <button
      type="button"
      className={css['row']}
      data-lead={lead !== null}
      aria-current={isCurrent}
      onClick={() => set({ selection: { kind: 'event', id: row.id }, mode: 'browse' })}
    >
      <span className={css['mark']}>
        <LightMark light={shown} />
      </span>
      <span className={css['main']}>{nameOf(row.category)}</span>
      <span className={css['side']} style={{ color: `var(--ink-${when?.light ?? shown})` }}>
        {when?.text ?? <When row={row} now={now} />}
      </span>
      {lead === null ? null : <span className={css['lead']}>{lead}</span>}
      <span className={css['under']}>
        {[row.address ?? t('events.noAddress'), gridName(row.gridId) ?? t('events.noGrid')].join(' · ')}
      </span>
      <span className={css['underSide']}>{row.number}</span>
    </button>
  )
}

function When({ row, now }: { readonly row: EventRow; readonly now: number }) {
  const { t } = useLocal()
  if (row.closedAt !== null) {
    if (row.status === 'rejected' || row.status === 'merged') return t(`status.${row.status}`)
    return t('events.closedAt', { at: instantWords(t, Date.parse(row.closedAt), now) })
  }
  return row.status === 'held' ? t('status.held') : leftWords(t, Date.parse(row.dueAt), now)
}
