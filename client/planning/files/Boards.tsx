import { useMemo } from 'react'
import { useSubdistrict } from '../../data/catalog.ts'
import { useView } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { borderLinesOf } from '#geo/plan/shapes'
import type { Draft, GridKey, PlanGrid } from '#geo/plan/draft'
import { usePlanning } from '../session.ts'
import { outlineOf } from './outline.ts'
import { Paper } from '../../ui/Paper.tsx'
import css from './paper.module.css'

/** Notice boards (公示牌), a page for each grid, or for the chosen one: what a resident needs to know of it. */
export function Boards({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  const chosen = useView((view) => view.plan.grid)
  if (!draft) return null
  const grids = [...draft.grids.values()].filter(({ key }) => chosen === null || key === chosen)
  const ordered = grids.toSorted((a, b) => (a.code ?? '~').localeCompare(b.code ?? '~'))
  return (
    <Paper onDone={onDone}>
      {ordered.map((grid) => (
        <Board key={grid.key} draft={draft} grid={grid} />
      ))}
      {ordered.length === 0 ? <p>{t('planning.empty')}</p> : null}
    </Paper>
  )
}

const DUTIES = ['visit', 'patrol', 'report', 'mediate', 'serve', 'publish'] as const

function Board({ draft, grid }: { readonly draft: Draft; readonly grid: PlanGrid }) {
  const { t, either, number } = useLocal()
  const meter = usePlanning((planning) => planning.meter)
  const sites = usePlanning((planning) => planning.sites)
  const place = useSubdistrict().data
  const measures = meter?.of(grid.key)
  const worker = sites?.workers.find(({ id }) => id === grid.worker)
  const community = place ? either(place.name, place.nameEn) : ''
  return (
    <article className={css['board']}>
      <header>
        <p>{community}</p>
        <h1>{t('files.board.title', { grid: either(grid.name, grid.nameEn) })}</h1>
        <p>
          {grid.code ?? t('files.board.noCode')} · {t(`kind.${grid.kind}`)}
        </p>
      </header>
      <Sketch draft={draft} grid={grid.key} />
      <dl>
        <dt>{t('files.board.worker')}</dt>
        <dd>
          {worker
            ? `${worker.name}（${t(worker.fullTime ? 'files.board.fullTime' : 'files.board.partTime')}）`
            : '—'}
        </dd>
        <dt>{t('files.board.reaches')}</dt>
        <dd>
          {measures
            ? t('files.board.size', {
                households: number(measures.households),
                buildings: number(measures.buildings),
                area: number(Math.round(measures.areaM2 / 1000) / 10),
              })
            : '—'}
        </dd>
        <dt>{t('files.board.hotline')}</dt>
        <dd>12345</dd>
      </dl>
      <h2>{t('files.board.duties')}</h2>
      <ol>
        {DUTIES.map((duty) => (
          <li key={duty}>{t(`files.board.duty.${duty}`)}</li>
        ))}
      </ol>
      {place?.demo ? <footer>{t('files.board.demo')}</footer> : null}
    </article>
  )
}

function Sketch({ draft, grid }: { readonly draft: Draft; readonly grid: GridKey }) {
  const { t, either } = useLocal()
  const outline = useMemo(() => {
    const beside = new Set(borderLinesOf(draft, grid).flatMap(({ left, right }) => [left, right]))
    return outlineOf(
      draft,
      grid,
      [...beside].filter((key) => key !== grid && key !== 0),
    )
  }, [draft, grid])
  const { width, height, own, others } = outline
  const names = others.map(({ key }) => draft.grids.get(key)).filter((other) => other !== undefined)
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width.toFixed(1)} ${height.toFixed(1)}`}
        role="img"
        aria-label={t('files.board.map')}
      >
        {others.map(({ key, path }) => (
          <path key={key} d={path} className={css['beside']} />
        ))}
        <path d={own} className={css['own']} />
      </svg>
      <figcaption>
        {t('files.board.beside', {
          grids: names.map((other) => either(other.name, other.nameEn)).join('、'),
        })}
      </figcaption>
    </figure>
  )
}
