import type { IncomingHttpHeaders } from 'node:http'
import type { Database } from '#db/open'
import { allows } from '#rules/accounts'
import { tokenOf } from '../../http/cookie.ts'
import type { Gate } from '../../http/session.ts'
import type { Actor } from '../contract.ts'
import { idleMsOf, isOver } from '../rules/sessions.ts'
import { findSession, touchSession, type Found } from '../store/sessions.ts'
import { digestOf } from './passwords.ts'

/** The topic under which every change of accounts, duties and sessions wakes all processes. */
export const ACCOUNTS = 'accounts'

/** How long an answer of the database may be used again, where no news of a change arrives. */
const KEPT_MS = 1000
/** How often use of a session is written down. */
const TOUCH_MS = 60_000
const MAX_KEPT = 5000

export interface GateOptions {
  readonly clock?: () => Date
  /** The buttons of the demo let people in. */
  readonly demo: boolean
  /** Only TLS is spoken, and only its cookie counts. */
  readonly secure: boolean
}

export interface AccountsGate extends Gate {
  /** After a change in this process: the next request asks the database. */
  readonly forget: () => void
  readonly close: () => void
}

interface Kept {
  readonly found: Found
  readonly untilMs: number
  seenAt: number
}

/** The door: who a request comes from, by one statement, of which bursts of requests share the answer. */
export function openGate(
  { db, onWake }: Pick<Database, 'db' | 'onWake'>,
  options: GateOptions,
): AccountsGate {
  const { clock = () => new Date(), demo, secure } = options
  const kept = new Map<string, Kept>()
  // An answer that was on its way when something changed is not kept.
  let changes = 0
  const forget = () => {
    changes++
    kept.clear()
  }

  async function look(digest: string): Promise<Kept | null> {
    const known = kept.get(digest)
    if (known !== undefined && known.untilMs > performance.now()) return known
    const asked = changes
    const found = await findSession(db, digest)
    if (found === null) return null
    const fresh = { found, untilMs: performance.now() + KEPT_MS, seenAt: found.seenAt }
    if (kept.size >= MAX_KEPT) kept.clear()
    if (asked === changes) kept.set(digest, fresh)
    return fresh
  }

  async function identify(headers: IncomingHttpHeaders, as?: 'look'): Promise<Actor | null> {
    const token = tokenOf(headers, secure)
    const session = token === null ? null : await look(digestOf(token))
    if (session === null) return null
    const { found, seenAt } = session
    const now = clock()
    if (isOver({ ...found, seenAt }, idleMsOf(found.duties), now.getTime())) return null
    if (found.byButton && !demo) return null
    if (as !== 'look' && now.getTime() >= seenAt + TOUCH_MS) {
      session.seenAt = now.getTime()
      await touchSession(db, found.id, now)
    }
    return actorOf(found)
  }

  return { identify, allows, forget, close: onWake(ACCOUNTS, forget) }
}

function actorOf({ account, name, duties }: Pick<Found, 'account' | 'name' | 'duties'>): Actor {
  return { id: `account/${account}`, account, name, duties }
}
