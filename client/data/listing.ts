import { create } from 'zustand'
import type { Selection } from './view.ts'

type Listed = Exclude<Selection, { kind: 'none' }>

/** What the open panel lists, in its order, so that the next and previous keys know where to go. */
interface Listing {
  readonly items: readonly Listed[]
}

export const useListing = create<Listing>()(() => ({ items: [] }))

/** The neighbour of the selection in the list; from nowhere, the first or the last. */
export function neighbour(items: readonly Listed[], selection: Selection, step: 1 | -1): Listed | undefined {
  const at = items.findIndex((item) => selection.kind === item.kind && selection.id === item.id)
  if (at === -1) return step === 1 ? items[0] : items.at(-1)
  return items[Math.min(items.length - 1, Math.max(0, at + step))]
}
