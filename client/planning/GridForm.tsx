import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import type { GridKind, PlanGrid } from '#geo/plan/draft'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import { placeIn, placeWords, useDoing } from './doing.ts'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'

const KINDS: readonly GridKind[] = ['urban-full-time', 'urban-comprehensive', 'rural-comprehensive']

interface FormProps {
  readonly grid: PlanGrid
  readonly canEdit: boolean
}

/** The record of a grid in the draft; each field is stored when it is left. */
export function GridForm({ grid, canEdit }: FormProps) {
  const { t } = useLocal()
  const { act, fault } = useDoing()
  const { key } = grid
  return (
    <Section
      heading={t('planning.sheet.details')}
      aside={
        canEdit ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={grid.locked ? <IconLockOpen size={13} /> : <IconLock size={13} />}
            onClick={() => act({ kind: grid.locked ? 'unlock' : 'lock', grid: key })}
          >
            {t(grid.locked ? 'planning.sheet.unlock' : 'planning.sheet.lock')}
          </Button>
        ) : null
      }
    >
      <div className={css['form']}>
        {grid.locked ? <p className={css['note']}>{t('planning.sheet.locked')}</p> : null}
        <NameField
          label={t('planning.sheet.name')}
          value={grid.name}
          canEdit={canEdit}
          onSave={(name) => act({ kind: 'edit', grid: key, name })}
        />
        <NameField
          label={t('planning.sheet.nameEn')}
          value={grid.nameEn}
          canEdit={canEdit}
          onSave={(nameEn) => act({ kind: 'edit', grid: key, nameEn })}
        />
        <Select
          size="xs"
          label={t('planning.sheet.kind')}
          allowDeselect={false}
          disabled={!canEdit}
          value={grid.kind}
          onChange={(value) => {
            const gridKind = KINDS.find((each) => each === value)
            if (gridKind) act({ kind: 'edit', grid: key, gridKind })
          }}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <WorkerField
          grid={grid}
          canEdit={canEdit}
          onChange={(worker) => act({ kind: 'edit', grid: key, worker })}
        />
        <StationField
          key={String(grid.station)}
          grid={grid}
          canEdit={canEdit}
          onSave={(at) => act({ kind: 'station', grid: key, at })}
        />
        {fault ? (
          <p className={css['fault']} role="alert">
            {fault}
          </p>
        ) : null}
      </div>
    </Section>
  )
}

interface NameProps {
  readonly label: string
  readonly value: string
  readonly canEdit: boolean
  readonly onSave: (value: string) => void
}

function NameField({ label, value, canEdit, onSave }: NameProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const save = () => {
    const name = typed?.trim()
    if (name && name !== value) onSave(name)
    setTyped(null)
  }
  return (
    <TextInput
      size="xs"
      label={label}
      maxLength={40}
      disabled={!canEdit}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}

interface WorkerProps {
  readonly grid: PlanGrid
  readonly canEdit: boolean
  readonly onChange: (worker: number | null) => void
}

/** Whoever has another grid is shown with it, and refused by the same rule as everywhere. */
function WorkerField({ grid, canEdit, onChange }: WorkerProps) {
  const { t, either } = useLocal()
  const workers = usePlanning((planning) => planning.sites?.workers)
  const draft = usePlanning((planning) => planning.draft)
  usePlanning((planning) => planning.tick)
  const gridOf = new Map(
    [...(draft?.grids.values() ?? [])].flatMap((each) => (each.worker === null ? [] : [[each.worker, each]])),
  )
  return (
    <Select
      size="xs"
      label={t('planning.sheet.worker')}
      placeholder={t('planning.sheet.noWorker')}
      searchable
      clearable
      disabled={!canEdit}
      value={grid.worker === null ? null : String(grid.worker)}
      onChange={(value) => onChange(value === null ? null : Number(value))}
      data={(workers ?? []).map(({ id, name }) => {
        const other = gridOf.get(id)
        const words = other && other.key !== grid.key ? ` · ${either(other.name, other.nameEn)}` : ''
        return { value: String(id), label: `${name}${words}` }
      })}
    />
  )
}

interface StationProps {
  readonly grid: PlanGrid
  readonly canEdit: boolean
  readonly onSave: (at: readonly [number, number]) => void
}

function StationField({ grid, canEdit, onSave }: StationProps) {
  const { t } = useLocal()
  const [typed, setTyped] = useState(grid.station ? placeWords(grid.station) : '')
  const save = () => {
    const at = placeIn(typed)
    if (at && String(at) !== String(grid.station)) onSave(at)
  }
  return (
    <TextInput
      size="xs"
      label={t('planning.sheet.station')}
      placeholder={t('planning.sheet.stationHint')}
      disabled={!canEdit}
      value={typed}
      error={typed !== '' && !placeIn(typed) ? t('planning.sheet.stationHint') : null}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
      }}
    />
  )
}
