import { useEffect, useRef } from 'react'
import type { EventRow } from '#contract/events'
import { useSubdistrict } from '../data/catalog.ts'
import { useNow } from '../data/clock.ts'
import { useView } from '../data/view.ts'
import { fly } from '../map/fly.ts'

/** A minute of the wall: most of it the whole picture, then a while on the worst event that nobody has taken up. */
const ROUND_S = 60
const EVENT_FROM_S = 36
const EVENT_ZOOM = 14.5

type Stop = 'whole' | 'event'

function stopAt(nowMs: number): Stop {
  return (nowMs / 1000) % ROUND_S < EVENT_FROM_S ? 'whole' : 'event'
}

/** Takes the map to the event and back by itself; the event that is being shown, if one is. */
export function useTour(worst: EventRow | undefined): EventRow | null {
  const stop = stopAt(useNow(4))
  const box = useSubdistrict().data?.bbox
  const set = useView((view) => view.set)
  const shownId = stop === 'event' ? (worst?.id ?? null) : null
  const target = useRef(worst)
  useEffect(() => {
    target.current = worst
  }, [worst])

  useEffect(() => {
    const [lng = 0, lat = 0] = target.current?.position ?? []
    if (shownId === null) {
      set({ selection: { kind: 'none' } })
      const [west = 0, south = 0, east = 0, north = 0] = box ?? []
      if (box) fly({ kind: 'bounds', box: [west, south, east, north] })
      return
    }
    set({ selection: { kind: 'event', id: shownId } })
    fly({ kind: 'to', center: [lng, lat], minZoom: EVENT_ZOOM })
  }, [shownId, box, set])

  return shownId === null ? null : (worst ?? null)
}
