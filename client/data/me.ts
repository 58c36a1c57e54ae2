import { useQuery } from '@tanstack/react-query'
import { readMe, type Actor, type Me } from '#contract/accounts'
import { call } from './api.ts'

/** Who is signed in; undefined until known. The page shows the sign-in page instead where nobody is. */
export function useMe(): Me | undefined {
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => call(readMe, { signal }),
    staleTime: 60_000,
    retry: false,
  }).data
}

const NOBODY: Actor = { id: 'anonymous', account: null, name: '', duties: [] }

/** The same person as the rules know one. */
export function useActor(): Actor {
  const me = useMe()
  if (!me) return NOBODY
  return { id: `account/${me.account}`, account: me.account, name: me.name, duties: me.duties }
}
