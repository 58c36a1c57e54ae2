import { create } from 'zustand'
import type { Band } from './bands.ts'
import type { Gesture } from './gesture.ts'
import { EMPTY_PART, type Part } from './scene.ts'

/** What a way of working puts on the map while it lasts; it is fetched when it is needed, and the map need not know it. */
interface Guest {
  readonly part: Part<Band>
  /** Takes the pointer, where it wants it. */
  readonly gesture: Gesture | null
  /** `own`: the grids in force are hidden, since the guest draws its own. */
  readonly grids: 'in-force' | 'own'
}

export const NO_GUEST: Guest = { part: EMPTY_PART, gesture: null, grids: 'in-force' }

export const useGuest = create<Guest>()(() => NO_GUEST)
