import { Radio, Stack } from '@mantine/core'
import type { EventRow } from '#contract/events'
import { useGridsById } from '../data/catalog.ts'
import { useGrid } from '../data/grid.ts'
import { useLocal } from '../i18n/local.ts'
import css from './moves.module.css'
import type { Draft } from './moves.ts'

interface NeighbourProps {
  readonly event: EventRow
  readonly value: number | undefined
  readonly onChange: (part: Draft) => void
}

/** The grids that border on the event's own, each with who answers for it. */
export function NeighbourField({ event, value, onChange }: NeighbourProps) {
  const { t } = useLocal()
  const words = useOwnerWords()
  const neighbours = useGrid(event.keeperId ?? event.gridId ?? 0).data?.neighbours ?? []
  return (
    <fieldset className={css['field']}>
      <legend>{t('work.gridId')}</legend>
      <Radio.Group
        aria-label={t('work.gridId')}
        value={value === undefined ? '' : String(value)}
        onChange={(id) => onChange({ gridId: Number(id) })}
      >
        <Stack gap={6}>
          {neighbours.map(({ id }) => (
            <Radio key={id} size="xs" value={String(id)} label={words(id)} />
          ))}
        </Stack>
      </Radio.Group>
      {neighbours.length === 0 ? <p className={css['none']}>{t('work.gridNone')}</p> : null}
    </fieldset>
  )
}

/** A grid with its worker. */
export function useOwnerWords(): (gridId: number) => string {
  const { t, either } = useLocal()
  const grids = useGridsById()
  return (gridId) => {
    const grid = grids.get(gridId)
    if (!grid) return String(gridId)
    return t('work.ownerOf', {
      grid: either(grid.name, grid.nameEn),
      worker: grid.worker?.name ?? t('work.ownerNone'),
    })
  }
}
