import type { GridProperties } from '#contract/grids'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import rowCss from '../ui/rows.module.css'
import css from './grids.module.css'
import type { Load } from './measure.ts'

export const LINE_HEIGHT = 52

interface LineProps {
  readonly grid: GridProperties
  /** Null where it is not the reader's to know. */
  readonly load: Load | null
}

/** One grid in a list: its name and kind, its worker, and what is open in it. */
export function GridLine({ grid, load }: LineProps) {
  const { t, either, number } = useLocal()
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const isCurrent = selection.kind === 'grid' && selection.id === grid.id
  const worker = grid.worker
    ? `${grid.worker.name} · ${t(grid.worker.fullTime ? 'grids.fullTime' : 'grids.partTime')}`
    : t('grids.noWorker')
  return (
    <button
      type="button"
      className={rowCss['row']}
      aria-current={isCurrent}
      onClick={() => set({ selection: { kind: 'grid', id: grid.id }, mode: 'browse' })}
    >
      <span className={rowCss['mark']}>
        <Kind kind={grid.kind} />
      </span>
      <span className={rowCss['main']}>{either(grid.name, grid.nameEn)}</span>
      <span className={css['open']}>
        {load && load.overdue > 0 ? (
          <span className={css['late']}>{t('grids.overdueN', { count: load.overdue })}</span>
        ) : null}
        {load ? <span data-zero={load.open === 0}>{t('grids.openN', { count: load.open })}</span> : null}
      </span>
      <span className={rowCss['under']}>{worker}</span>
      <span className={rowCss['underSide']}>
        {t('grids.householdsN', { count: grid.households, n: number(grid.households) })}
      </span>
    </button>
  )
}

/** The hue of the grid's kind, as on the map. */
export function Kind({ kind }: { readonly kind: GridProperties['kind'] }) {
  const { t } = useLocal()
  return (
    <svg className={css['kind']} viewBox="0 0 12 12" role="img" aria-label={t(`kind.${kind}`)}>
      <rect width="12" height="12" rx="3" fill={`var(--kind-${kind})`} />
    </svg>
  )
}
