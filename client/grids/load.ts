import { useMemo } from 'react'
import { reachOf } from '#rules/accounts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { useActor } from '../data/me.ts'
import { loads, type Load } from './measure.ts'

/** Load of each grid by all its open events that this person sees, whatever the filter. */
export function useLoads(): ReadonlyMap<number, Load> {
  const open = useLive((live) => live.open)
  const now = useNow(LIGHT_SECONDS)
  return useMemo(() => loads(open.values(), now), [open, now])
}

/** Whether the load of a grid is this person's to know; elsewhere a nought would be a lie. */
export function useKnows(): (gridId: number) => boolean {
  const actor = useActor()
  return useMemo(() => {
    const { all, grids, units } = reachOf(actor, 'events.read')
    return (gridId: number) => all || units.length > 0 || grids.includes(gridId)
  }, [actor])
}
