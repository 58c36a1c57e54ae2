import { useMutation } from '@tanstack/react-query'
import { signOut } from '#contract/accounts'
import { call } from '../data/api.ts'
import { leave } from '../data/session.ts'

/** Ends the session, and with it all that this page has read for its person. */
export function useSignOut() {
  return useMutation({ mutationFn: () => call(signOut, {}), onSuccess: leave })
}
