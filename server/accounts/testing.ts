import type { FastifyInstance } from 'fastify'
import type { Gate } from '../http/session.ts'
import type { Hasher } from './actions/passwords.ts'
import type { AccountOptions } from './routes.ts'
import type { AccountsGate } from './actions/gate.ts'
import { signInDemo, type Actor, type Bound, type Role } from './contract.ts'
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
