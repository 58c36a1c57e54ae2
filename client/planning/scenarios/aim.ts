import { create } from 'zustand'
import type { Position } from '#geo/geojson'
import { toPosition } from '#geo/lattice'
import { toolOf, type Tool } from '../tools/tool.ts'

/** Who waits for a place on the map; null where the tools have the pointer. */
interface Aim {
  readonly take: ((at: Position) => void) | null
}

export const useAim = create<Aim>()(() => ({ take: null }))

export const stopAiming = (): void => useAim.setState({ take: null })

/** The next press on the map is a place and nothing else. */
export function aimTool(take: (at: Position) => void): Tool {
  return toolOf({
    cursor: 'crosshair',
    click({ at }) {
      stopAiming()
      take(toPosition(at))
    },
  })
}
