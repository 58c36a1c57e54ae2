import { useMemo } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readPoints, type EventFilter } from '#contract/events'
import { decodeColumns, type Columns } from '#geo/columns'
import { callBytes } from '../data/api.ts'
import { useNow } from '../data/clock.ts'
import { useMay } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { byTheClock } from './queries.ts'
import { useTime } from './time.ts'
import { wholeOf, windowOf, type Span } from './timeline.ts'

const REFRESH_MS = 120_000

/** Every event of the filter, whenever it was: the time window cuts rows out of these without asking again. */
export function usePoints(): Columns | null {
  const filter = useView((view) => view.filter)
  const query = useTimeless(filter)
  const may = useMay('events.read')
  const points = useQuery({
    queryKey: ['points', query],
    queryFn: async ({ signal }) => decodeColumns(await callBytes(readPoints, { query, signal })),
    refetchInterval: byTheClock(query) || REFRESH_MS,
    staleTime: REFRESH_MS,
    enabled: may,
    placeholderData: keepPreviousData,
    // Typed arrays are compared by identity; walking them would cost more than drawing them.
    structuralSharing: false,
  })
  return points.data ?? null
}

function useTimeless(filter: EventFilter): EventFilter {
  return useMemo(() => {
    const { from: _from, to: _to, ...rest } = filter
    return rest
  }, [filter])
}

export interface Window {
  readonly whole: Span
  readonly window: Span
}

/** The strip's span, by the minute, and the window within it: the one in hand, else the view's. */
export function useWindow(columns: Columns | null): Window {
  const now = useNow(60) / 1000
  const filter = useView((view) => view.filter)
  const held = useTime((time) => time.held)
  const first = columns?.t[0]
  const whole = useMemo(() => wholeOf(first, now), [first, now])
  const window = useMemo(() => held ?? windowOf(filter, whole), [held, filter, whole])
  return { whole, window }
}
