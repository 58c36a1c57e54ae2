import { create } from 'zustand'
import type { EventRow } from '#contract/events'

/** Rows that are checked at the open desk, for one move on all of them. */
interface Checked {
  readonly ids: ReadonlySet<number>
  /** From where a shift-click reaches. */
  readonly anchor: number | null
}

const NONE: Checked = { ids: new Set(), anchor: null }
export const useChecked = create<Checked>()(() => NONE)

export const uncheckAll = (): void => useChecked.setState(NONE)

/** The checked rows that the desk still lists. */
export function checkedOf(rows: readonly EventRow[], ids: ReadonlySet<number>): readonly EventRow[] {
  return ids.size === 0 ? [] : rows.filter((row) => ids.has(row.id))
}

type Reach = 'one' | 'range'

/** What is checked after a click on a row: itself turned, or with Shift everything from the last click on like it. */
export function toggled(checked: Checked, order: readonly number[], id: number, reach: Reach): Checked {
  const ids = new Set(checked.ids)
  const isOn = !ids.has(id)
  const [from, to] = [checked.anchor === null ? -1 : order.indexOf(checked.anchor), order.indexOf(id)]
  const span =
    reach === 'range' && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
  for (const each of span) {
    if (isOn) ids.add(each)
    else ids.delete(each)
  }
  return { ids, anchor: id }
}
