import { queryOptions, useQuery } from '@tanstack/react-query'
import { readMe, type Actor, type Me } from '#contract/accounts'
import type { Policy } from '#contract/http'
import { allows } from '#rules/accounts'
import { call } from './api.ts'

export const ME = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(readMe, { signal }),
  staleTime: 60_000,
  retry: false,
})

/** Who is signed in; undefined until known. The page shows the sign-in page instead where nobody is. */
export function useMe(): Me | undefined {
  return useQuery(ME).data
}

const NOBODY: Actor = { id: 'anonymous', account: null, name: '', duties: [] }

/** The same person as the rules know one; the same object as long as nothing about them changes. */
export function useActor(): Actor {
  return useQuery({ ...ME, select: actorOf }).data ?? NOBODY
}

/** Whether the person may do this at all; what they may not ask is not asked. */
export function useMay(policy: Policy): boolean {
  return allows(useActor(), policy)
}

function actorOf(me: Me): Actor {
  return { id: `account/${me.account}`, account: me.account, name: me.name, duties: me.duties }
}
