import type { DisputeRow } from '#contract/disputes'
import { useGridName } from '../data/catalog.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { leftWords } from '../i18n/span.ts'
import rows from '../ui/rows.module.css'
import css from './disputes.module.css'
import { useClassWords } from './queries.ts'
import { RiskMark } from './RiskMark.tsx'

export const LINE_HEIGHT = 54

/** How near the next promise is. */
export function urgencyOf(next: DisputeRow['next'], now: number): 'late' | 'soon' | 'calm' {
  if (next === null) return 'calm'
  const left = Date.parse(next.at) - now
  if (left < 0) return 'late'
  return left < 86_400_000 ? 'soon' : 'calm'
}

/** One file in the list: what about, what is due, who with whom, where. */
export function DisputeLine({ row, now }: { readonly row: DisputeRow; readonly now: number }) {
  const { t } = useLocal()
  const { shortOf } = useClassWords()
  const gridName = useGridName()
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const isCurrent = selection.kind === 'dispute' && selection.id === row.id
  const parties = row.parties.map(({ name }) => name).join(' / ')
  return (
    <button
      type="button"
      className={rows['row']}
      aria-current={isCurrent}
      onClick={() => set({ selection: { kind: 'dispute', id: row.id }, mode: 'browse' })}
    >
      <span className={rows['mark']}>
        <RiskMark risk={row.risk} />
      </span>
      <span className={rows['main']}>{shortOf(row.class, row.subclass)}</span>
      <span className={`${rows['side']} ${css['when']}`} data-urgency={urgencyOf(row.next, now)}>
        {row.next === null
          ? t(`disputeStatus.${row.status}`)
          : `${t(`waiting.${row.next.kind}`)} ${leftWords(t, Date.parse(row.next.at), now)}`}
      </span>
      <span className={rows['under']}>
        {[parties, gridName(row.gridId)].filter((word) => word !== null && word !== '').join(' · ')}
      </span>
      <span className={rows['underSide']}>
        {row.next === null ? row.number : t(`disputeStatus.${row.status}`)}
      </span>
    </button>
  )
}
