import { useEffect, useMemo, useRef } from 'react'
import type { EventRow } from '#contract/events'
import type { GridFeature } from '#contract/grids'
import type { Step } from '#contract/trail'
import type { Position } from '#geo/geojson'
import { useLive } from '../data/live.ts'
import { rowOf } from '../data/rows.ts'
import { useView, type Selection } from '../data/view.ts'
import { neighbourTowards, type Direction } from '../grids/neighbours.ts'
import { fly } from '../map/fly.ts'
import type { Pick } from '../map/picks.ts'

/** Close enough to tell an event from its neighbours; clusters are open by then. */
const EVENT_ZOOM = 15
const GRID_ZOOM = 10

export function selectionOf(pick: Pick | null): Selection {
  const id = pick?.ids[0]
  if (!pick || id === undefined || (pick.what !== 'event' && pick.what !== 'grid')) return { kind: 'none' }
  return { kind: pick.what, id }
}

/**
 * Brings what was chosen elsewhere (in a list, by a key, in a link) into sight. A pick on the map is in sight already: the
 * returned function selects without a flight.
 */
export function useFollowing(
  grids: readonly GridFeature[],
  chosen: Chosen | null,
): (selection: Selection) => void {
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const hasCamera = useView((view) => view.camera !== null)
  /** The selection that needs no flight, or has had it. A link that carries a camera needs none. */
  const settled = useRef<Selection | null>(hasCamera ? selection : null)
  const target = useMemo(() => targetOf(selection, grids, chosen), [selection, grids, chosen])

  useEffect(() => {
    if (!target || settled.current === selection) return
    settled.current = selection
    fly({ kind: 'show', ...target })
  }, [selection, target])

  return (next) => {
    settled.current = next
    set({ selection: next })
  }
}

interface Chosen {
  readonly id: number
  readonly position: readonly number[]
}

function targetOf(selection: Selection, grids: readonly GridFeature[], chosen: Chosen | null) {
  if (selection.kind === 'grid') {
    const label = grids.find((grid) => grid.id === selection.id)?.properties.label
    return label ? { center: pair(label), minZoom: GRID_ZOOM } : null
  }
  return selection.kind === 'event' && chosen?.id === selection.id
    ? { center: pair(chosen.position), minZoom: EVENT_ZOOM }
    : null
}

const pair = ([lng = 0, lat = 0]: readonly number[]): Position => [lng, lat]

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'north',
  ArrowRight: 'east',
  ArrowDown: 'south',
  ArrowLeft: 'west',
}

/** With a grid chosen, an arrow key goes to the neighbour that way; the map pans otherwise. */
export function stepByArrow(event: KeyboardEvent, grids: readonly GridFeature[]): boolean {
  const direction = ARROWS[event.key]
  const { selection, set } = useView.getState()
  const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
  if (!direction || !isPlain || selection.kind !== 'grid') return false
  const id = neighbourTowards(grids, selection.id, direction)
  if (id !== null) set({ selection: { kind: 'grid', id } })
  return true
}

const NOTHING: readonly Position[] = []
/** Kept by the batch: what was new once does not pulse again when the filter or the hour changes. */
const freshOf = new WeakMap<readonly Step[], readonly Position[]>()

/** Places of the shown events that the feed has just brought. */
export function useFresh(shown: readonly EventRow[]): readonly Position[] {
  const batch = useLive((live) => live.batch)
  const known = freshOf.get(batch)
  if (known) return known
  const born = new Set(batch.filter((step) => step.step === 'event.reported').map((step) => rowOf(step)?.id))
  const places =
    born.size === 0 ? [] : shown.filter((row) => born.has(row.id)).map((row) => pair(row.position))
  const fresh = places.length === 0 ? NOTHING : places
  freshOf.set(batch, fresh)
  return fresh
}
