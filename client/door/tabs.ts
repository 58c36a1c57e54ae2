import { useEffect } from 'react'
import { useSession } from '../data/session.ts'

/** What tabs of one browser tell each other, since they share the session: that it was used, and that it has ended. */
type Word = { readonly usedAt: number } | 'left' | 'entered'

const CHANNEL = 'wangge-session'
/** Not each call: that it was used within this. */
const TELL_MS = 10_000

export function useTabs(): void {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    let toldAt = 0
    const stop = useSession.subscribe((session, before) => {
      if (session.standing !== before.standing) {
        if (session.standing === 'inside') channel.postMessage('entered' satisfies Word)
        if (session.standing === 'outside' && before.standing === 'inside')
          channel.postMessage('left' satisfies Word)
      }
      if (session.usedAt - toldAt < TELL_MS) return
      toldAt = session.usedAt
      channel.postMessage({ usedAt: session.usedAt } satisfies Word)
    })
    channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data)
    return () => {
      stop()
      channel.close()
    }
  }, [])
}

function hear(word: Word): void {
  const { standing, usedAt } = useSession.getState()
  if (word === 'left') {
    if (standing === 'inside') useSession.setState({ standing: 'lost' })
    return
  }
  if (word === 'entered') {
    // Whoever signed in elsewhere is asked for anew, as at the start.
    if (standing !== 'inside') useSession.setState({ standing: 'unknown' })
    return
  }
  if (word.usedAt > usedAt) useSession.setState({ usedAt: word.usedAt })
}
