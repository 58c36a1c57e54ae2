import { isIPv6 } from 'node:net'
import type { Db } from '#db/open'
import { refuse } from '../../http/problems.ts'
import { isFlooding, lockedUntil, REMEMBERED_MS } from '../rules/sessions.ts'
import { forgetFailures, insertFailure, lockFailures, readFailures, type Attempt } from '../store/entry.ts'
import { digestOf } from './passwords.ts'

/** Logins are of small letters; people type others. */
export function loginOf(typed: string): string {
  return typed.trim().toLowerCase()
}

export function attemptOf(login: string, address: string): Attempt {
  return { login: digestOf(login), address: networkOf(address) }
}

/** Who has one IPv6 address has all that share its first half. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace('::ffff:', '')
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}

/** Refuses, before anything is hashed, who has failed too often. */
export async function refuseLimited(db: Db, attempt: Attempt, now: Date): Promise<void> {
  const since = new Date(now.getTime() - REMEMBERED_MS)
  const { byLogin, byAddress } = await readFailures(db, attempt, since)
  if (isFlooding(byAddress, now.getTime()) || lockedUntil(byLogin, now.getTime()) !== null) throw tooMany()
}

/**
 * Counts an attempt as failed before it is looked at, so that of a thousand at the same instant as few are hashed as of a
 * thousand in a row. What turns out right is forgiven.
 */
export async function countAttempt(db: Db, attempt: Attempt, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await lockFailures(tx)
    await refuseLimited(tx, attempt, now)
    await insertFailure(tx, attempt, now)
    await forgetFailures(tx, new Date(now.getTime() - REMEMBERED_MS))
  })
}

function tooMany() {
  return refuse('too-many', {
    zh: '登录失败次数过多，请 30 分钟后再试，或请系统管理员解锁。',
    en: 'Too many attempts have failed. Try again in 30 minutes, or ask an administrator to unlock the account.',
  })
}
