import { useMemo } from 'react'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { loads, type Load } from './measure.ts'

/** Load of each grid by all its open events, whatever the filter. */
export function useLoads(): ReadonlyMap<number, Load> {
  const open = useLive((live) => live.open)
  const now = useNow(LIGHT_SECONDS)
  return useMemo(() => loads(open.values(), now), [open, now])
}
