import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant, Words } from '../http/contract.ts'

/** Roles of the office. Nobody is administrator and auditor at once: the database refuses it. */
export const ROLES = [
  'director',
  'commander',
  'shift-lead',
  'acceptor',
  'dispatcher',
  'unit-liaison',
  'handler',
  'grid-worker',
  'grid-lead',
  'mediator',
  'evaluator',
  'planner',
  'administrator',
  'auditor',
] as const
export type Role = (typeof ROLES)[number]
export const Role = Type.Enum(ROLES, { type: 'string' })

/** Where a duty reaches: everywhere, one community, some grids, or what a handling unit was given. */
export const Bound = Type.Union([
  Type.Object({ kind: Type.Literal('subdistrict') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('community'), community: Type.String({ minLength: 1, maxLength: 32 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('grids'), grids: Type.Array(Id, { minItems: 1, maxItems: 500 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('unit'), unit: Type.String({ minLength: 1, maxLength: 16 }) },
    { additionalProperties: false },
  ),
])
export type Bound = Static<typeof Bound>

export const Duty = Type.Object({
  role: Role,
  bound: Bound,
  /** Grids that the bound comes to now; empty for the whole sub-district and for units. */
  grids: Type.Array(Id),
})
export type Duty = Static<typeof Duty>

/** Who acts: a signed-in person, a machine of ours (`id` only), or nobody. */
export interface Actor {
  /** As the trail names it: `account/12`, `sweep`, `anonymous`. */
  readonly id: string
  readonly account: number | null
  readonly name: string
  readonly duties: readonly Duty[]
}

/** A handling unit (处置单位). */
export const Unit = Type.Object({ code: Type.String(), name: Words })
export type Unit = Static<typeof Unit>

export const listUnits = endpoint(
  'GET',
  '/api/units',
  { reply: Type.Array(Unit) },
  { summary: 'Handling units', policy: 'signed-in' },
)

export const Me = Type.Object({
  account: Id,
  name: Type.String(),
  login: Type.String(),
  duties: Type.Array(Duty),
  /** Ends then, unless used before; and at the latest at `until`. */
  idleAt: Instant,
  until: Instant,
})
export type Me = Static<typeof Me>

export const readMe = endpoint(
  'GET',
  '/api/me',
  { reply: Me },
  { summary: 'Who is signed in, and with which duties', policy: 'signed-in' },
)

/** What the sign-in page needs before anybody has signed in. */
export const readDoor = endpoint(
  'GET',
  '/api/door',
  {
    reply: Type.Object({
      /** No administrator exists: the first-run token makes one. */
      firstRun: Type.Boolean(),
      /** One button for each role; empty unless this is a demo that allows it. */
      demo: Type.Array(Type.Object({ login: Type.String(), name: Type.String(), role: Role })),
    }),
  },
  { summary: 'What the sign-in page offers', policy: 'public' },
)

/** As somebody types it; large letters and blanks around do no harm. */
const Login = Type.String({ minLength: 1, maxLength: 64 })
const NewLogin = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,31}$' })
const Password = Type.String({ minLength: 1, maxLength: 200 })
/** What a new password must be at least; more is asked in rules. */
const NewPassword = Type.String({ minLength: 12, maxLength: 200 })

export const signIn = endpoint(
  'POST',
  '/api/session',
  {
    body: Type.Object({ login: Login, password: Password }, { additionalProperties: false }),
    reply: Me,
  },
  { summary: 'Sign in; the answer sets the session cookie', policy: 'public' },
)

export const signInDemo = endpoint(
  'POST',
  '/api/session/demo',
  { body: Type.Object({ login: Login }, { additionalProperties: false }), reply: Me },
  { summary: 'Sign in with a button of the demo', policy: 'public' },
)

export const startUp = endpoint(
  'POST',
  '/api/session/first',
  {
    body: Type.Object(
      {
        token: Type.String({ minLength: 1, maxLength: 200 }),
        login: NewLogin,
        name: Type.String({ minLength: 1, maxLength: 64 }),
        password: NewPassword,
      },
      { additionalProperties: false },
    ),
    reply: Me,
  },
  { summary: 'Make the first administrator with the token that the server printed', policy: 'public' },
)

const Done = Type.Object({ ok: Type.Literal(true) })

export const signOut = endpoint(
  'POST',
  '/api/session/end',
  { reply: Done },
  { summary: 'End this session', policy: 'signed-in' },
)

export const Session = Type.Object({
  id: Id,
  current: Type.Boolean(),
  createdAt: Instant,
  seenAt: Instant,
  until: Instant,
  address: Type.String(),
  agent: Type.String(),
})
export type Session = Static<typeof Session>

export const listSessions = endpoint(
  'GET',
  '/api/me/sessions',
  { reply: Type.Array(Session) },
  { summary: 'Where I am signed in', policy: 'signed-in' },
)

export const endSession = endpoint(
  'POST',
  '/api/me/sessions/end',
  {
    /** Without an id: all but this one. */
    body: Type.Object({ id: Type.Optional(Id) }, { additionalProperties: false }),
    reply: Type.Object({ ended: Type.Integer() }),
  },
  { summary: 'End another session of mine, or all others', policy: 'signed-in' },
)

export const changePassword = endpoint(
  'POST',
  '/api/me/password',
  {
    body: Type.Object({ current: Password, next: NewPassword }, { additionalProperties: false }),
    reply: Done,
  },
  { summary: 'Change my password; ends my other sessions', policy: 'signed-in' },
)

export const Account = Type.Object({
  id: Id,
  login: Type.String(),
  name: Type.String(),
  active: Type.Boolean(),
  duties: Type.Array(Duty),
  lockedUntil: Type.Union([Instant, Type.Null()]),
  sessions: Type.Integer(),
  version: Type.Integer(),
})
export type Account = Static<typeof Account>

export const listAccounts = endpoint(
  'GET',
  '/api/accounts',
  { reply: Type.Array(Account) },
  { summary: 'Everybody with an account', policy: 'accounts.manage' },
)

const duties = Type.Array(Type.Object({ role: Role, bound: Bound }, { additionalProperties: false }), {
  maxItems: 20,
})

export const createAccount = endpoint(
  'POST',
  '/api/accounts',
  {
    body: Type.Object(
      {
        login: NewLogin,
        name: Type.String({ minLength: 1, maxLength: 64 }),
        password: NewPassword,
        duties,
      },
      { additionalProperties: false },
    ),
    reply: Account,
  },
  { summary: 'A new account', policy: 'accounts.manage', status: 201 },
)

export const changeAccount = endpoint(
  'POST',
  '/api/accounts/:id',
  {
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        active: Type.Optional(Type.Boolean()),
        duties: Type.Optional(duties),
        password: Type.Optional(NewPassword),
        /** Lets a locked account try again at once. */
        unlock: Type.Optional(Type.Literal(true)),
      },
      { additionalProperties: false },
    ),
    reply: Account,
  },
  {
    summary: 'Change an account; taken rights and sessions end at once',
    policy: 'accounts.manage',
  },
)
