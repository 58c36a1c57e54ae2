import { useEffect } from 'react'
import { Checkbox } from '@mantine/core'
import type { EventRow } from '#contract/events'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { usePlainKeys } from '../ui/keys.ts'
import { toggled, uncheckAll, useChecked } from './checked.ts'
import css from './desk.module.css'
import type { Desk } from './desks.ts'

interface HeadProps {
  readonly desk: Desk
  readonly rows: readonly EventRow[]
  readonly checked: readonly EventRow[]
}

/** Checks all rows of the desk or none; `x` checks the row that is open. */
export function DeskHead({ desk, rows, checked }: HeadProps) {
  const { t, number } = useLocal()
  useEffect(() => uncheckAll, [desk])
  usePlainKeys((key) => {
    if (key !== 'x') return false
    const { selection } = useView.getState()
    const ids = rows.map(({ id }) => id)
    if (selection.kind !== 'event' || !ids.includes(selection.id)) return true
    useChecked.setState(toggled(useChecked.getState(), ids, selection.id, 'one'))
    return true
  })
  const isAll = checked.length === rows.length
  return (
    <div className={css['head']}>
      <Checkbox
        size="xs"
        label={
          checked.length === 0
            ? t('work.selectAll')
            : t('work.selected', { count: checked.length, n: number(checked.length) })
        }
        checked={isAll}
        indeterminate={checked.length > 0 && !isAll}
        onChange={() =>
          isAll ? uncheckAll() : useChecked.setState({ ids: new Set(rows.map(({ id }) => id)), anchor: null })
        }
      />
    </div>
  )
}
