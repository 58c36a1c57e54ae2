import type { Db } from '#db/open'
import { wake } from '#db/wake'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { append, type NewStep } from '../../trail/store.ts'
import type { Me } from '../contract.ts'
import { idleMsOf, SESSION_MS } from '../rules/sessions.ts'
import { forgive, readCredentials } from '../store/entry.ts'
import { endSessions, findSession, forgetSessions, insertSession, type Found } from '../store/sessions.ts'
import { ACCOUNTS } from './gate.ts'
import { attemptOf, countAttempt, loginOf, refuseLimited } from './limits.ts'
import { digestOf, newToken, type Hasher } from './passwords.ts'

/** Who is at the door, before anybody knows them. */
export interface Caller {
  /** Of the session that the request still brings. */
  readonly token: string | null
  readonly address: string
  readonly agent: string
}

export interface Door {
  readonly hasher: Hasher
  /** The buttons of the demo let people in. */
  readonly demo: boolean
}

/** Somebody let in: what they are told, and the token that their browser keeps. */
export interface Entered {
  readonly me: Me
  readonly token: string
}

type Asking = Pick<Ctx, 'db' | 'now'>

const KEPT_MS = 30 * 86_400_000
const MAX_AGENT = 200

/** Lets in who knows the password. Unknown logins, wrong passwords and disabled accounts look alike, and take as long. */
export async function signIn(
  { db, now }: Asking,
  given: { readonly login: string; readonly password: string },
  caller: Caller,
  { hasher }: Door,
): Promise<Entered> {
  const login = loginOf(given.login)
  const attempt = attemptOf(login, caller.address)
  await refuseLimited(db, attempt, now)
  const account = await hasher.inTurn(async () => {
    await countAttempt(db, attempt, now)
    const known = await readCredentials(db, login)
    const matches = await hasher.matches(given.password, known?.password ?? null)
    return { id: known?.id ?? null, entered: matches && known?.active === true }
  })
  if (account.id === null || !account.entered) {
    const subject = account.id === null ? 'account/unknown' : `account/${account.id}`
    await append(db, [
      { step: 'session.failed', subject, actor: 'anonymous', at: now, data: { login: attempt.login } },
    ])
    throw refuse('wrong-credentials', {
      zh: '用户名或密码不正确。',
      en: 'The name or the password is wrong.',
    })
  }
  const id = account.id
  return db.transaction(async (tx) => {
    await forgive(tx, attempt.login)
    return enter(tx, id, { caller, by: 'password' }, now)
  })
}

/** Lets in who presses a button, where the installation is a demo and says so. */
export async function signInDemo(
  { db, now }: Asking,
  login: string,
  caller: Caller,
  door: Door,
): Promise<Entered> {
  const account = door.demo ? await readCredentials(db, loginOf(login)) : null
  if (account === null || !account.demo || !account.active) {
    throw refuse('wrong-credentials', {
      zh: '演示登录未开放，或没有这个演示账号。',
      en: 'There is no demo sign-in here, or no such demo account.',
    })
  }
  return db.transaction((tx) => enter(tx, account.id, { caller, by: 'demo' }, now))
}

/** A new session with a token of its own; the one that the request brought ends, whosever it was. */
export async function enter(
  tx: Db,
  account: number,
  { caller, by }: { readonly caller: Caller; readonly by: 'password' | 'demo' | 'first-run' },
  now: Date,
): Promise<Entered> {
  await forgetSessions(tx, new Date(now.getTime() - KEPT_MS))
  if (caller.token !== null) await end(tx, { digest: digestOf(caller.token) }, 'replaced', now)
  const token = newToken()
  const digest = digestOf(token)
  const session = await insertSession(
    tx,
    {
      digest,
      account,
      until: new Date(now.getTime() + SESSION_MS),
      address: caller.address,
      agent: caller.agent.slice(0, MAX_AGENT),
    },
    now,
  )
  const subject = `account/${account}`
  await append(tx, [{ step: 'session.started', subject, actor: subject, at: now, data: { session, by } }])
  const found = await findSession(tx, digest)
  if (found === null) throw new Error('a session is not found in the transaction that made it')
  return { me: meOf(found), token }
}

/** Ends sessions, each with a step that says why, and wakes all who may have them in mind. Answers how many. */
export async function end(
  tx: Db,
  which: Parameters<typeof endSessions>[1],
  why: 'sign-out' | 'replaced' | 'revoked' | 'password' | 'disabled',
  now: Date,
  actor?: string,
): Promise<number> {
  const ended = await endSessions(tx, which, now)
  const steps = ended.map(({ id, account }): NewStep => {
    const subject = `account/${account}`
    return { step: 'session.ended', subject, actor: actor ?? subject, at: now, data: { session: id, why } }
  })
  await append(tx, steps)
  if (ended.length > 0) await wake(tx, ACCOUNTS)
  return ended.length
}

export function meOf({ account, name, login, duties, seenAt, until }: Found): Me {
  return {
    account,
    name,
    login,
    duties,
    idleAt: new Date(Math.min(seenAt + idleMsOf(duties), until)).toISOString(),
    until: new Date(until).toISOString(),
  }
}
