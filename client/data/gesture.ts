import { create } from 'zustand'
import type { Position } from '#geo/geojson'

/**
 * What a mode holds while it lasts, lost on exit. In `report`, a click on the map calls `point`, and the map draws the pin
 * and outlines the grids named here.
 */
interface Gesture {
  readonly at: Position | null
  readonly gridIds: readonly number[]
  readonly point: (at: Position | null) => void
  readonly outline: (gridIds: readonly number[]) => void
}

export const useGesture = create<Gesture>()((set) => ({
  at: null,
  gridIds: [],
  point: (at) => set({ at, gridIds: [] }),
  outline: (gridIds) => set({ gridIds }),
}))
