import { create } from 'zustand'

/**
 * Where this page stands: not known yet, inside, outside because nobody signed in or somebody signed out, or lost, when a
 * session ended under the hands of its person.
 */
type Standing = 'unknown' | 'inside' | 'outside' | 'lost'

/** The session as the calls of this page see it. */
interface Session {
  readonly standing: Standing
  /** This machine's clock at the last answer: idling counts from there. */
  readonly usedAt: number
}

export const useSession = create<Session>()(() => ({ standing: 'unknown', usedAt: Date.now() }))

const SIGNED_OUT = 'urn:wangge:not-signed-in'

/** Every answer passes here: one that was given keeps the session, one refused for want of a session has lost it. */
export function heard(reply: 'given' | { readonly type: string }): void {
  if (reply === 'given') useSession.setState({ usedAt: Date.now() })
  else if (reply.type === SIGNED_OUT) lose()
}

/** Nobody is signed in any more, or nobody was. */
function lose(): void {
  const { standing } = useSession.getState()
  if (standing === 'inside') useSession.setState({ standing: 'lost' })
  if (standing === 'unknown') useSession.setState({ standing: 'outside' })
}

export function enter(): void {
  useSession.setState({ standing: 'inside', usedAt: Date.now() })
}

export function leave(): void {
  useSession.setState({ standing: 'outside' })
}
