import { create } from 'zustand'

/** The session as the calls of this page see it. */
interface Session {
  /** A call was refused because nobody is signed in; the page then shows the sign-in page over the same address. */
  readonly ended: boolean
  /** This machine's clock at the last answer to a signed-in person: idling counts from there. */
  readonly usedAt: number
}

export const useSession = create<Session>()(() => ({ ended: false, usedAt: Date.now() }))

const SIGNED_OUT = 'urn:wangge:not-signed-in'

/** Every answer passes here: one that was given keeps the session, one refused for want of a session ends it. */
export function heard(reply: 'given' | { readonly type: string }): void {
  if (reply === 'given') useSession.setState({ usedAt: Date.now() })
  else if (reply.type === SIGNED_OUT) useSession.setState({ ended: true })
}
