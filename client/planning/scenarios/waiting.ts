import { useQuery } from '@tanstack/react-query'
import { listPlans } from '#contract/planning'
import { call } from '../../data/api.ts'
import { useNow } from '../../data/clock.ts'
import { useActor, useMay } from '../../data/me.ts'
import { waitingFor } from './drafts.ts'

/** How many drafts wait for this person's decision; nobody asks who could not decide. */
export function useWaitingDrafts(): number {
  const actor = useActor()
  const mayApprove = useMay('plans.approve')
  const now = useNow(60)
  const { data } = useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => call(listPlans, { signal }),
    staleTime: 60_000,
    enabled: mayApprove,
  })
  return mayApprove && data ? waitingFor(data.scenarios, actor, now).length : 0
}
