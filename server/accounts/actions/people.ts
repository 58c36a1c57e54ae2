import type { Db } from '#db/open'
import { wake } from '#db/wake'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import type { Account, createAccount, changeAccount, Duty } from '../contract.ts'
import type { BodyOf } from '../../http/contract.ts'
import { demotes, faultOf, selfFaultOf } from '../rules/duties.ts'
import { weaknessOf } from '../rules/passwords.ts'
import { idleMsOf, isOver, lockedUntil } from '../rules/sessions.ts'
import { forgive } from '../store/entry.ts'
import {
  findUnknownPlace,
  insertAccount,
  lockAdministrators,
  readAccounts,
  saveAccount,
  saveDuties,
  type AccountRow,
} from '../store.ts'
import { end, type Door } from './entry.ts'
import { ACCOUNTS } from './gate.ts'
import { digestOf } from './passwords.ts'

type NewAccount = BodyOf<typeof createAccount>
type Change = BodyOf<typeof changeAccount>

export async function listPeople({ db, now }: Ctx): Promise<Account[]> {
  return (await readAccounts(db)).map((row) => accountOf(row, now))
}

export async function createPerson(ctx: Ctx, given: NewAccount, { hasher }: Door): Promise<Account> {
  const { db, now } = ctx
  const { login, name, duties } = given
  refuseWeak(given.password, given, '/password')
  await refuseFaulty(db, duties)
  const password = await hasher.inTurn(() => hasher.hash(given.password))
  return db.transaction(async (tx) => {
    const id = await insertAccount(tx, { login, name, password }, now)
    if (id === null) {
      throw refuse('conflict', { zh: '该登录名已被使用。', en: 'This login is taken.' }, { field: '/login' })
    }
    await saveDuties(tx, id, duties)
    await tell(ctx, tx, { step: 'account.created', id, data: { duties } })
    return accountOf(await readOne(tx, id), now)
  })
}

/** Rights that were taken are gone at the next request; a new password or an end of the account ends its sessions. */
export async function changePerson(ctx: Ctx, id: number, change: Change, door: Door): Promise<Account> {
  const { db, now } = ctx

  const self = selfFaultOf(ctx.actor, id, change)
  if (self !== null) throw refuse('refused', self)
  const was = await readOne(db, id)
  if (change.password !== undefined) refuseWeak(change.password, { ...was, ...change }, '/password')
  if (change.duties !== undefined) await refuseFaulty(db, change.duties)
  const { hasher } = door
  const password =
    change.password === undefined ? undefined : await hasher.inTurn(() => hasher.hash(change.password ?? ''))
  return db.transaction(async (tx) => {
    if (demotes(was.duties, change)) await refuseLast(tx, id, door)
    const { name, active, version } = change
    if (!(await saveAccount(tx, { id, version }, { name, active, password }))) throw stale()
    if (change.duties !== undefined) await saveDuties(tx, id, change.duties)
    if (change.unlock) await forgive(tx, digestOf(was.login))
    await tell(ctx, tx, { step: 'account.changed', id, data: toldOf(change) })
    const why = active === false ? 'disabled' : 'password'
    if (active === false || password !== undefined) await end(tx, { account: id }, why, now, ctx.actor.id)
    return accountOf(await readOne(tx, id), now)
  })
}

export async function readOne(db: Db, id: number): Promise<AccountRow> {
  const [row] = await readAccounts(db, id)
  if (row !== undefined) return row
  throw refuse('not-found', { zh: '没有这个账号。', en: 'There is no such account.' })
}

const WEAK = {
  short: { zh: '密码至少 12 个字符。', en: 'A password has at least 12 characters.' },
  name: {
    zh: '密码不能是登录名或姓名。',
    en: 'The password must not be the login or the name.',
  },
  common: {
    zh: '这个密码太常见，容易被猜到，请换一个。',
    en: 'This password is among the first that are guessed; choose another.',
  },
} as const

export function refuseWeak(password: string, who: { login: string; name: string }, field: string): void {
  const weakness = weaknessOf(password, who)
  if (weakness !== null) throw refuse('invalid-field', WEAK[weakness], { field })
}

async function refuseFaulty(db: Db, duties: readonly Pick<Duty, 'role' | 'bound'>[]): Promise<void> {
  const fault = faultOf(duties)
  if (fault !== null) throw refuse('refused', fault.why, { field: fault.field })
  const unknown = await findUnknownPlace(db, duties)
  if (unknown === null) return
  throw refuse(
    'invalid-field',
    { zh: '没有这个社区、网格或处置单位。', en: 'There is no such community, grid or unit.' },
    { field: `/duties/${unknown}/bound` },
  )
}

/** Somebody must be left who can let others in. */
async function refuseLast(tx: Db, id: number, { demo }: Door): Promise<void> {
  const administrators = await lockAdministrators(tx, demo)
  if (administrators.length > 1 || !administrators.includes(id)) return
  throw refuse('refused', {
    zh: '这是最后一个可用的系统管理员，不能停用或撤销。',
    en: 'This is the last administrator who can sign in.',
  })
}

function stale() {
  return refuse('conflict', {
    zh: '账号已被他人修改，请刷新后重试。',
    en: 'Somebody else has changed this account; load it anew.',
  })
}

/** What the trail keeps: neither names nor passwords. */
function toldOf({ active, duties, name, password, unlock }: Change): Record<string, unknown> {
  return {
    ...(active !== undefined && { active }),
    ...(duties !== undefined && { duties }),
    changed: Object.entries({ name, password, unlock }).flatMap(([field, value]) =>
      value === undefined ? [] : [field],
    ),
  }
}

async function tell(
  { actor, now }: Ctx,
  tx: Db,
  { step, id, data }: { readonly step: string; readonly id: number; readonly data: unknown },
): Promise<void> {
  await append(tx, [
    { step, subject: `account/${id}`, actor: actor.id, role: 'administrator', at: now, data },
  ])
  await wake(tx, ACCOUNTS)
}

function accountOf(row: AccountRow, now: Date): Account {
  const { stays, failures, duties, ...account } = row
  const idleMs = idleMsOf(duties)
  const locked = lockedUntil(failures, now.getTime())
  return {
    ...account,
    duties: [...duties],
    lockedUntil: locked === null ? null : new Date(locked).toISOString(),
    sessions: stays.filter((stay) => !isOver(stay, idleMs, now.getTime())).length,
  }
}
