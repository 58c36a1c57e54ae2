import type { GridKey } from '#geo/plan/draft'
import { gridAt, toolOf, type Host, type Tool } from './tool.ts'

/** Chooses grids and changes nothing; the map is panned by. */
export function lookTool(host: Host): Tool {
  return toolOf({ click: (place) => host.choose(gridAt(host, place)) })
}

/** Two grids become one: first the one that stays, then the neighbour that joins it. */
export function mergeTool(host: Host): Tool {
  let into: GridKey | null = null

  function forget(): void {
    into = null
    host.sketch({ grids: [] })
  }

  return toolOf({
    cursor: 'pointer',
    move(place) {
      const grid = gridAt(host, place)
      host.sketch({ grids: [...new Set([into, grid].filter((key) => key !== null))] })
    },
    click(place) {
      const grid = gridAt(host, place)
      if (grid === null || grid === into) return forget()
      host.choose(into ?? grid)
      if (into === null) {
        into = grid
        host.sketch({ grids: [grid] })
        return
      }
      const stays = into
      forget()
      host.perform([{ kind: 'merge', grid, into: stays }], place)
    },
    cancel: forget,
  })
}

/** Puts the station of the chosen grid where it is pressed; without a chosen one, that of the grid there. */
export function stationTool(host: Host): Tool {
  return toolOf({
    cursor: 'crosshair',
    click(place) {
      const grid = host.chosen() ?? gridAt(host, place)
      if (grid === null) return
      host.choose(grid)
      host.perform([{ kind: 'station', grid, at: place.at }], place)
    },
  })
}

/** Locks a grid, or opens it again. */
export function lockTool(host: Host): Tool {
  return toolOf({
    cursor: 'pointer',
    click(place) {
      const grid = gridAt(host, place)
      const known = grid === null ? undefined : host.now()?.draft.grids.get(grid)
      if (grid === null || !known) return
      host.choose(grid)
      host.perform([{ kind: known.locked ? 'unlock' : 'lock', grid }], place)
    },
  })
}
