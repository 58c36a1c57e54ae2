import type { Db } from '#db/open'
import { wake } from '#db/wake'
import type { BodyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import type { startUp } from '../contract.ts'
import { isFirstRun, saveFirstRun, takeFirstRun } from '../store/entry.ts'
import { hasAdministrator, insertAccount, lockAdministrators, saveDuties } from '../store.ts'
import { enter, type Caller, type Door, type Entered } from './entry.ts'
import { ACCOUNTS } from './gate.ts'
import { digestOf, newToken } from './passwords.ts'
import { refuseWeak } from './people.ts'

/** Where nobody can let others in, the token by which the first administrator is made; earlier ones count no more. Else null. */
export async function offerFirstRun(db: Db, { demo }: Pick<Door, 'demo'>): Promise<string | null> {
  return db.transaction(async (tx) => {
    if ((await lockAdministrators(tx, demo)).length > 0) return null
    const token = newToken()
    await saveFirstRun(tx, digestOf(token))
    return token
  })
}

export async function isFirst(db: Db, { demo }: Pick<Door, 'demo'>): Promise<boolean> {
  return !(await hasAdministrator(db, demo))
}

export async function makeFirst(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  given: BodyOf<typeof startUp>,
  caller: Caller,
  { hasher, demo }: Door,
): Promise<Entered> {
  const digest = digestOf(given.token.trim())
  if (!(await isFirstRun(db, digest))) throw unknown()
  const { login, name } = given
  refuseWeak(given.password, given, '/password')
  const password = await hasher.inTurn(() => hasher.hash(given.password))
  return db.transaction(async (tx) => {
    if ((await lockAdministrators(tx, demo)).length > 0 || !(await takeFirstRun(tx, digest))) throw unknown()
    const id = await insertAccount(tx, { login, name, password }, now)
    if (id === null) {
      throw refuse('conflict', { zh: '该登录名已被使用。', en: 'This login is taken.' }, { field: '/login' })
    }
    const duties = [{ role: 'administrator', bound: { kind: 'subdistrict' } }] as const
    await saveDuties(tx, id, duties)
    const subject = `account/${id}`
    await append(tx, [
      { step: 'account.created', subject, actor: subject, at: now, data: { duties, by: 'first-run' } },
    ])
    await wake(tx, ACCOUNTS)
    return enter(tx, id, { caller, by: 'first-run' }, now)
  })
}

function unknown() {
  return refuse(
    'wrong-credentials',
    {
      zh: '首次启动令牌无效，或系统管理员已经存在。令牌在服务器启动时显示。',
      en: 'The first-run token is not valid, or an administrator exists. The server prints the token when it starts.',
    },
    { field: '/token' },
  )
}
