import type { IncomingHttpHeaders } from 'node:http'
import type { Actor } from '../accounts/contract.ts'
import type { Policy } from './contract.ts'
import { refuse } from './problems.ts'

/**
 * Who stands at the door: the one place where a request gets its actor and its permission. Given by the accounts
 * capability, so that http knows none.
 */
export interface Gate {
  /** The signed-in person of the request, or null for nobody. A `look` is no use of the session, which may end idle all the same. */
  readonly identify: (headers: IncomingHttpHeaders, as?: 'look') => Promise<Actor | null>
  /** Whether some duty of the actor allows this at all; where it does, the capability asks for itself. */
  readonly allows: (actor: Actor, policy: Policy) => boolean
}

/** The trail's name for what nobody signed for. */
export const NOBODY: Actor = { id: 'anonymous', account: null, name: '', duties: [] }

/** The actor of a request that its endpoint's policy lets in; refuses all others. Deny is the default. */
export async function admit(gate: Gate, headers: IncomingHttpHeaders, policy: Policy): Promise<Actor> {
  const actor = await gate.identify(headers)
  if (policy === 'public') return actor ?? NOBODY
  if (actor === null) {
    throw refuse('not-signed-in', {
      zh: '尚未登录，或登录已失效。',
      en: 'You are not signed in, or the session has ended.',
    })
  }
  if (policy === 'signed-in' || gate.allows(actor, policy)) return actor
  throw refuse('forbidden', {
    zh: '您的岗位没有这项权限。',
    en: 'Your role does not have this right.',
  })
}
