import { wake } from '#db/wake'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import type { Me, Session } from '../contract.ts'
import { idleMsOf, isOver } from '../rules/sessions.ts'
import { forgive, readCredentials } from '../store/entry.ts'
import { findSession, listSessions } from '../store/sessions.ts'
import { saveAccount } from '../store.ts'
import { end, meOf, type Caller, type Door } from './entry.ts'
import { ACCOUNTS } from './gate.ts'
import { attemptOf, countAttempt, refuseLimited } from './limits.ts'
import { digestOf } from './passwords.ts'
import { readOne, refuseWeak } from './people.ts'

/** Digest of the session in which somebody acts, who has been let in by it. */
function digestOfCurrent({ token }: Caller): string {
  if (token !== null) return digestOf(token)
  throw refuse('not-signed-in', {
    zh: '尚未登录，或登录已失效。',
    en: 'You are not signed in, or the session has ended.',
  })
}

function accountOf({ actor }: Ctx): number {
  if (actor.account !== null) return actor.account
  throw refuse('not-signed-in', { zh: '尚未登录。', en: 'You are not signed in.' })
}

export async function readMine({ db }: Ctx, caller: Caller): Promise<Me> {
  const found = await findSession(db, digestOfCurrent(caller))
  if (found !== null) return meOf(found)
  throw refuse('not-signed-in', { zh: '登录已失效。', en: 'The session has ended.' })
}

export async function signOut({ db, now }: Ctx, caller: Caller): Promise<{ ok: true }> {
  await db.transaction((tx) => end(tx, { digest: digestOfCurrent(caller) }, 'sign-out', now))
  return { ok: true }
}

/** Those that are not over yet. */
export async function listMine(ctx: Ctx, caller: Caller): Promise<Session[]> {
  const rows = await listSessions(ctx.db, accountOf(ctx), digestOfCurrent(caller))
  const idleMs = idleMsOf(ctx.actor.duties)
  return rows
    .filter((row) => !isOver(row, idleMs, ctx.now.getTime()))
    .map(({ createdAt, seenAt, until, ...row }) => ({
      ...row,
      createdAt: new Date(createdAt).toISOString(),
      seenAt: new Date(seenAt).toISOString(),
      until: new Date(until).toISOString(),
    }))
}

/** Ends one session of one's own, or all but the one in which it is asked. */
export async function endMine(ctx: Ctx, id: number | undefined, caller: Caller): Promise<{ ended: number }> {
  const account = accountOf(ctx)
  const except = id === undefined ? digestOfCurrent(caller) : undefined
  const ended = await ctx.db.transaction((tx) => end(tx, { account, id, except }, 'revoked', ctx.now))
  if (id !== undefined && ended === 0) {
    throw refuse('not-found', { zh: '没有这个登录会话。', en: 'There is no such session.' })
  }
  return { ended }
}

/** Who holds somebody's open desk may not take the account over: the current password is asked, and counted like at the door. */
export async function changePassword(
  ctx: Ctx,
  { current, next }: { readonly current: string; readonly next: string },
  caller: Caller,
  { hasher }: Door,
): Promise<{ ok: true }> {
  const { db, now } = ctx
  const { id, login, name, version } = await readOne(db, accountOf(ctx))
  refuseWeak(next, { login, name }, '/next')
  const attempt = attemptOf(login, caller.address)
  await refuseLimited(db, attempt, now)
  const password = await hasher.inTurn(async () => {
    await countAttempt(db, attempt, now)
    const known = await readCredentials(db, login)
    return (await hasher.matches(current, known?.password ?? null)) ? hasher.hash(next) : null
  })
  if (password === null) {
    throw refuse(
      'wrong-credentials',
      { zh: '当前密码不正确。', en: 'The current password is wrong.' },
      { field: '/current' },
    )
  }
  await db.transaction(async (tx) => {
    await forgive(tx, attempt.login)
    if (!(await saveAccount(tx, { id, version }, { password }))) {
      throw refuse('conflict', {
        zh: '账号刚被修改，请重试。',
        en: 'The account has just changed; try again.',
      })
    }
    const subject = `account/${id}`
    await append(tx, [{ step: 'password.changed', subject, actor: subject, at: now, data: {} }])
    await end(tx, { account: id, except: digestOfCurrent(caller) }, 'password', now)
    await wake(tx, ACCOUNTS)
  })
  return { ok: true }
}
