import { Type, type Static } from 'typebox'
import { Role } from '../accounts/contract.ts'
import { endpoint, Id, Instant } from '../http/contract.ts'
import { STEP_ID } from '../trail/contract.ts'

/** Which lines of the trail; texts are not looked into. */
export const AuditFilter = Type.Object(
  {
    from: Type.Optional(Instant),
    /** Before. */
    to: Type.Optional(Instant),
    /** The account that acted. */
    account: Type.Optional(Id),
    /** How the step begins: `event.` for all of events. */
    step: Type.Optional(Type.String({ pattern: '^[a-z]+(\\.[a-zA-Z-]*)?$', maxLength: 60 })),
    /** Such as `event/12`. */
    subject: Type.Optional(Type.String({ pattern: '^[a-z-]+(/[\\w-]+)?$', maxLength: 80 })),
    role: Type.Optional(Role),
  },
  { additionalProperties: false },
)
export type AuditFilter = Static<typeof AuditFilter>

/** One line of the trail as an auditor reads it: who did what to what, as whom and why; not what else was written with it. */
export const AuditLine = Type.Object({
  id: Type.String({ pattern: STEP_ID }),
  at: Instant,
  actor: Type.String(),
  /** Of the account, as it is called now; null for machines. */
  name: Type.Union([Type.String(), Type.Null()]),
  role: Type.Union([Type.String(), Type.Null()]),
  step: Type.String(),
  subject: Type.String(),
  /** Null where there is none, and for disputes. */
  reason: Type.Union([Type.String(), Type.Null()]),
  hasReason: Type.Boolean(),
})
export type AuditLine = Static<typeof AuditLine>

export const listAudit = endpoint(
  'GET',
  '/api/audit',
  {
    query: Type.Object(
      {
        ...AuditFilter.properties,
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
        /** Id of the last line that the caller has. */
        cursor: Type.Optional(Type.String({ pattern: STEP_ID })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      items: Type.Array(AuditLine),
      total: Type.Integer(),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  },
  { summary: 'The trail by filter, newest first; reading it is a line of its own', policy: 'audit.read' },
)

export const exportAudit = endpoint(
  'GET',
  '/api/audit/export',
  {
    query: Type.Object(
      {
        ...AuditFilter.properties,
        format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
        language: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])),
      },
      { additionalProperties: false },
    ),
    reply: Type.Unknown(),
  },
  { summary: 'Every line of a filter as a file', policy: 'audit.read', media: 'text/csv' },
)

const Hash = Type.Union([Type.String(), Type.Null()])

export const readAuditHead = endpoint(
  'GET',
  '/api/audit/head',
  {
    reply: Type.Object({
      seals: Type.Integer(),
      /** The last seal's hash in hexadecimal, to be noted elsewhere; `npm run verify-trail -- --head` proves that it still stands. */
      head: Hash,
      sealedAt: Type.Union([Instant, Type.Null()]),
      /** Young steps that no seal covers yet. */
      unsealed: Type.Integer(),
      /** The last look at the whole chain, whoever took it. */
      verified: Type.Union([
        Type.Object({ at: Instant, ok: Type.Boolean(), seals: Type.Integer() }),
        Type.Null(),
      ]),
    }),
  },
  { summary: 'Where the chain of seals over the trail stands', policy: 'audit.read' },
)

/** What a look at the whole chain found. */
export const Verdict = Type.Object({
  seals: Type.Integer(),
  steps: Type.Integer(),
  head: Hash,
  unsealed: Type.Integer(),
  /** Empty where every step and seal is as it was; at most twenty. */
  faults: Type.Array(
    Type.Object({
      /** `lost`: lines are gone before `line`; `added`: it was not there; `changed`: it read otherwise; `seal`: the seal itself is wrong. */
      kind: Type.Union([
        Type.Literal('lost'),
        Type.Literal('added'),
        Type.Literal('changed'),
        Type.Literal('seal'),
      ]),
      seal: Type.Integer(),
      line: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
})
export type Verdict = Static<typeof Verdict>

export const verifyAudit = endpoint(
  'POST',
  '/api/audit/verify',
  { reply: Verdict },
  { summary: 'Recompute the whole chain of seals now; takes seconds', policy: 'audit.read' },
)
