import type { Duty, Role } from '../contract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** However often it is used. */
export const SESSION_MS = 7 * DAY
const DESK_IDLE_MS = 30 * MINUTE
const FIELD_IDLE_MS = 12 * HOUR
/** A session that begins later than this from now was made under a clock that has been put back since. */
const SKEW_MS = 5 * MINUTE

/** Who works with a phone in the hand all day. */
const AFIELD: readonly Role[] = ['grid-worker', 'handler', 'grid-lead']

/** How long a session lasts unused. One duty at a desk makes it short, since a desk is left open in a room of people. */
export function idleMsOf(duties: readonly Pick<Duty, 'role'>[]): number {
  const afield = duties.length > 0 && duties.every(({ role }) => AFIELD.includes(role))
  return afield ? FIELD_IDLE_MS : DESK_IDLE_MS
}

/** The times of a session, in ms. */
export interface Stay {
  readonly createdAt: number
  readonly seenAt: number
  readonly until: number
}

export function isOver({ createdAt, seenAt, until }: Stay, idleMs: number, now: number): boolean {
  return now >= until || now >= seenAt + idleMs || now < createdAt - SKEW_MS
}

/** More failures than these are not even looked at; the first window catches a burst, the second who waits between them. */
const ADDRESS_LIMITS = [
  { failures: 20, withinMs: MINUTE },
  { failures: 60, withinMs: 30 * MINUTE },
] as const
const ACCOUNT_LIMIT = { failures: 5, withinMs: 15 * MINUTE, lockMs: 30 * MINUTE } as const

/** Failures of before this long decide nothing. */
export const REMEMBERED_MS = ACCOUNT_LIMIT.withinMs + ACCOUNT_LIMIT.lockMs

/** Whether an address with failures at these times must wait. It does before any account is locked by it. */
export function isFlooding(failures: readonly number[], now: number): boolean {
  return ADDRESS_LIMITS.some(
    ({ failures: limit, withinMs }) => failures.filter((at) => at > now - withinMs).length >= limit,
  )
}

/** Until when failures at these times, in their order, lock an account; null if they do not. */
export function lockedUntil(failures: readonly number[], now: number): number | null {
  const { failures: limit, withinMs, lockMs } = ACCOUNT_LIMIT
  const last = failures.findLast((at, i) => {
    const first = failures[i - limit + 1]
    return first !== undefined && at - first <= withinMs
  })
  return last !== undefined && last + lockMs > now ? last + lockMs : null
}
