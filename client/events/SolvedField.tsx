import { Switch, Textarea } from '@mantine/core'
import type { Position } from '#geo/geojson'
import { maySolve } from '#rules/events'
import { useCategories } from '../data/catalog.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { useLocate } from './report.ts'

interface SolvedProps {
  /** Null while the switch is off. */
  readonly note: string | null
  readonly onChange: (note: string | null) => void
  readonly fault: string | null
}

const LONGEST = 500

/** Found and solved on the spot: one switch, and what was done. */
export function SolvedField({ note, onChange, fault }: SolvedProps) {
  const { t } = useLocal()
  return (
    <>
      <Switch
        size="sm"
        label={t('report.solved')}
        description={t('report.solvedHint')}
        checked={note !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? '' : null)}
        error={note === null ? fault : null}
      />
      {note === null ? null : (
        <Textarea
          mt={10}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={LONGEST}
          withAsterisk
          label={t('report.solvedNote')}
          value={note}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={fault}
        />
      )}
    </>
  )
}

/** Whether this person may close at once what lies there: by the same rule as the server, which has the last word. */
export function useMaySolve(at: Position | null, code: string | null): boolean {
  const actor = useActor()
  const place = useLocate(at).data
  const category = useCategories().find((each) => each.code === code)
  return (
    place !== undefined && category !== undefined && maySolve(actor, place.grid?.id ?? null, category.units)
  )
}
