import { useState } from 'react'
import { Button, Radio, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { placeEvent, type GridEvent } from '#contract/events'
import { call } from '../data/api.ts'
import { useGridName, useGrids } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import { useMetres } from '../ui/Why.tsx'
import css from './detail.module.css'

const NEAREST = 3

/** A person gives the event its grid: one of the nearest, or any other, with the reason that the history keeps. */
export function PlaceForm({ event }: { readonly event: GridEvent }) {
  const { t, either } = useLocal()
  const gridName = useGridName()
  const metres = useMetres()
  const grids = useGrids().data?.features ?? []
  const candidates = event.placement.candidates.slice(0, NEAREST)
  const [gridId, setGridId] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const place = usePlace(event)
  const isOther = gridId !== null && !candidates.some((each) => each.id === gridId)
  return (
    <Stack gap={10}>
      <Radio.Group
        value={gridId === null ? '' : String(gridId)}
        onChange={(value) => setGridId(Number(value))}
        aria-label={t('desk.place')}
      >
        <Stack gap={6}>
          {candidates.map((each) => (
            <Radio
              key={each.id}
              size="xs"
              value={String(each.id)}
              label={`${gridName(each.id) ?? each.name} · ${metres(each.distanceM)}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        size="xs"
        searchable
        label={t('desk.other')}
        placeholder={t('desk.choose')}
        value={isOther ? String(gridId) : null}
        onChange={(value) => setGridId(value === null ? null : Number(value))}
        data={grids.map(({ id, properties: p }) => ({
          value: String(id),
          label: `${either(p.name, p.nameEn)} ${p.code}`,
        }))}
      />
      <TextInput
        size="xs"
        label={t('desk.reason')}
        placeholder={t('desk.reasonHint')}
        maxLength={500}
        value={reason}
        onChange={(change) => setReason(change.currentTarget.value)}
      />
      <p className={css['note']}>{t('desk.confirmNote')}</p>
      <Button
        size="xs"
        disabled={gridId === null}
        loading={place.isPending}
        onClick={() => gridId !== null && place.mutate({ gridId, reason: reason.trim() })}
      >
        {gridId === null ? t('desk.choose') : t('desk.placeIn', { grid: gridName(gridId) ?? '' })}
      </Button>
    </Stack>
  )
}

function usePlace(event: GridEvent) {
  const { t } = useLocal()
  const gridName = useGridName()
  const sentence = useSentence()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ gridId, reason }: { gridId: number; reason: string }) =>
      call(placeEvent, {
        params: { id: event.id },
        body: { gridId, version: event.version, ...(reason ? { reason } : {}) },
      }),
    onSuccess: (placed) => {
      client.setQueryData(['event', event.id], placed)
      const grid = gridName(placed.gridId) ?? placed.grid?.name ?? ''
      notifications.show({ color: 'accent', message: t('desk.placed', { number: placed.number, grid }) })
    },
    onError: (error) => {
      notifications.show({ color: 'red', message: sentence(error) })
      void client.invalidateQueries({ queryKey: ['event', event.id] })
    },
  })
}
