import { useEffect } from 'react'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useLive } from '../data/live.ts'
import { rowOf } from '../data/rows.ts'
import type { Step } from '#contract/trail'

/** Lists and counts follow the feed, yet a burst of steps asks the server once. */
const PAUSE_MS = 1000

/** What was asked of the server goes stale by what the feed says, not by a timer. */
export function useRefresh(): void {
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = useLive.subscribe((live, before) => {
      const isAnew = live.snapshots !== before.snapshots && before.snapshots > 0
      if (live.batch === before.batch && !isAnew) return
      if (live.batch !== before.batch) {
        touch(client, live.batch.map(rowOf))
        replan(client, live.batch)
      }
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['events'] })
        void client.invalidateQueries({ queryKey: ['points'] })
        void client.invalidateQueries({ queryKey: ['grid'] })
      }, PAUSE_MS)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client])
}

/** Plans change seldom; when one comes into force, everything that knows the grids is old. */
function replan(client: QueryClient, batch: readonly Step[]): void {
  if (!batch.some(({ step }) => step.startsWith('scenario.') || step.startsWith('plan.'))) return
  void client.invalidateQueries({ queryKey: ['plans'] })
  if (!batch.some(({ step }) => step === 'plan.switched')) return
  for (const key of ['grids', 'grid', 'places']) void client.invalidateQueries({ queryKey: [key] })
}

function touch(client: QueryClient, rows: readonly ReturnType<typeof rowOf>[]): void {
  for (const row of rows) if (row) void client.invalidateQueries({ queryKey: ['event', row.id] })
}
