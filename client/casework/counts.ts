import { useMemo } from 'react'
import { useActor } from '../data/me.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { countDesks, type Desk } from './desks.ts'
import { tasksOf } from './tasks.ts'

/** How many events wait for this person at each desk, and in all; counted from the rows that the lists show. */
export function useDeskCounts(): Readonly<Record<Desk | 'mine', number>> {
  const open = useLive((live) => live.open)
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  return useMemo(() => {
    const mine = tasksOf(open.values(), actor, now)
      .filter(({ task }) => task !== 'follow')
      .reduce((sum, { rows }) => sum + rows.length, 0)
    return { ...countDesks(open.values(), actor, now), mine }
  }, [open, actor, now])
}
