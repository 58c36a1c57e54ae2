import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Database, Db } from '#db/open'
import { httpServer } from '../http/server.ts'
import type { Gate } from '../http/session.ts'
import type { Hasher } from './actions/passwords.ts'
import { accountRoutes, type AccountOptions } from './routes.ts'
import { openGate, type AccountsGate } from './actions/gate.ts'
import { signIn, signInDemo, type Actor, type Bound, type Role } from './contract.ts'
import { allows } from './rules.ts'

/** The bounds that a test may write in one word. */
export const EVERYWHERE: Bound = { kind: 'subdistrict' }
export const unitOf = (unit: string): Bound => ({ kind: 'unit', unit })
export const gridsOf = (...grids: number[]): Bound => ({ kind: 'grids', grids })

interface More {
  readonly account?: number | null
  readonly name?: string
  /** What the community of the bound comes to; those of a bound of grids are known. */
  readonly grids?: readonly number[]
}

/** Somebody with one duty, in no database. */
export function actorWith(role: Role, bound: Bound = EVERYWHERE, more: More = {}): Actor {
  const { account = 1, name = '测试员' } = more
  const grids = more.grids ?? (bound.kind === 'grids' ? bound.grids : [])
  return {
    id: account === null ? 'anonymous' : `account/${account}`,
    account,
    name,
    duties: [{ role, bound, grids: [...grids] }],
  }
}

/** A door that takes everybody for this person, and has the true rights; null stands before it unsigned. */
export function gateFor(actor: Actor | null): Gate {
  return { identify: async () => actor, allows }
}

/** Takes no time and hides nothing. */
export const QUICK_HASHER: Hasher = {
  inTurn: (work) => work(),
  hash: async (password) => `plain ${password}`,
  matches: async (password, hashed) => hashed === `plain ${password}`,
}

/** What `buildApp` is given for a door that is not what its test is about. */
export function doorOf(gate: Gate): AccountOptions & { readonly gate: AccountsGate } {
  const nothing = () => undefined
  return {
    gate: { ...gate, forget: nothing, close: nothing },
    hasher: QUICK_HASHER,
    demo: true,
    secure: false,
  }
}

/** Header of one signed in by a button of the demo, at a server by its address or in this process. */
export async function signInAs(
  server: FastifyInstance | string,
  login: string,
): Promise<{ readonly cookie: string }> {
  const cookies =
    typeof server === 'string' ? await askServer(server, login) : await askInstance(server, login)
  const cookie = cookies
    .map((line) => line.split(';', 1)[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ')
  if (cookie === '') throw new Error(`${login} could not sign in`)
  return { cookie }
}

async function askServer(url: string, login: string): Promise<string[]> {
  const reply = await fetch(new URL(signInDemo.path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login }),
  })
  return reply.headers.getSetCookie()
}

async function askInstance(app: FastifyInstance, login: string): Promise<string[]> {
  const reply = await app.inject({ method: 'POST', url: signInDemo.path, payload: { login } })
  return [reply.headers['set-cookie'] ?? []].flat()
}

interface Office {
  readonly demo?: boolean
  readonly secure?: boolean
  readonly clock?: () => Date
  readonly hasher?: Hasher
  readonly trustProxy?: readonly string[]
}

/** The accounts alone on a database, behind their true door. Its clock may be moved by the test. */
export async function officeOn(database: Database, options: Office = {}): Promise<FastifyInstance> {
  const {
    demo = false,
    secure = false,
    clock = () => new Date(),
    hasher = QUICK_HASHER,
    trustProxy = [],
  } = options
  const gate = openGate(database, { demo, secure, clock })
  const app = await httpServer({
    db: database.db,
    gate,
    version: 'test',
    clock,
    trustProxy,
    logLevel: 'silent',
  })
  accountRoutes(app, { gate, hasher, demo, secure })
  app.addHook('onClose', () => gate.close())
  await app.ready()
  return app
}

interface Person {
  readonly login: string
  readonly password: string
  readonly duties: readonly {
    readonly role: Role
    readonly unit?: string
    readonly grids?: readonly number[]
  }[]
}

/** Somebody in the database, whose password the quick hasher knows. Answers the id. */
export async function hire(db: Db, { login, password, duties }: Person): Promise<number> {
  const made = await db.execute<{ id: number }>(sql`
    with person as (
      insert into accounts (login, name, password, created_at)
      values (${login}, ${`测试${login}`}, ${`plain ${password}`}, now()) returning id
    ), given as (
      insert into duties (account_id, role, unit, grids)
      select person.id, role, unit, grids from person,
        jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as r (role text, unit text, grids integer[])
    )
    select id from person`)
  return made.rows[0]?.id ?? 0
}

interface Asking {
  readonly cookie?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

/** A request as a browser sends it; a body makes it a POST. */
export async function ask(app: FastifyInstance, url: string, { cookie, body, headers, from }: Asking = {}) {
  return app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: { ...(cookie !== undefined && { cookie }), ...headers },
    ...(body !== undefined && { payload: body as object }),
    ...(from !== undefined && { remoteAddress: from }),
  })
}

/** Cookie of one who signs in by password; '' where that fails. */
export async function enterAs(
  app: FastifyInstance,
  login: string,
  password: string,
  more: Asking = {},
): Promise<string> {
  const reply = await ask(app, signIn.path, { ...more, body: { login, password } })
  return [reply.headers['set-cookie'] ?? []].flat().join('').split(';', 1)[0] ?? ''
}
