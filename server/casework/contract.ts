import { Type, type Static } from 'typebox'
import { Condition, Why } from '../deadlines/contract.ts'
import { Ask, Channel, EventRow, EventStatus } from '../events/contract.ts'
import { Photo } from '../photos/contract.ts'
import { endpoint, Id, Instant, Problem, Words } from '../http/contract.ts'

/** Every move of the flow; casework/rules says who may make it, from where, and what it needs. */
export const MOVES = [
  'askVerify',
  'verify',
  'file',
  'reject',
  'merge',
  'dispatch',
  'recall',
  'sign',
  'return',
  'start',
  'handle',
  'sendBack',
  'askCheck',
  'check',
  'close',
  'revisit',
  'askExtend',
  'askHold',
  'wake',
  'askHandover',
  'askReopen',
  'reopen',
  'askAppeal',
  'endorse',
  'grant',
  'refuse',
  'supervise',
  'important',
  'reply',
  'note',
] as const
export type Move = (typeof MOVES)[number]
export const Move = Type.Enum(MOVES, { type: 'string' })

/** What field checks and revisits find. */
const OUTCOMES = [
  'confirmed',
  'not-found',
  'passed',
  'failed',
  'satisfied',
  'unsatisfied',
  'unreachable',
] as const
export type Outcome = (typeof OUTCOMES)[number]
export const Outcome = Type.Enum(OUTCOMES, { type: 'string' })

const UnitCode = Type.String({ minLength: 1, maxLength: 16 })
const Reason = Type.String({ minLength: 1, maxLength: 500 })

/** What a move is told; each move says in its rule which of these it needs. */
export const MoveOrder = Type.Object(
  {
    move: Move,
    reason: Type.Optional(Reason),
    /** file: the filing condition; reopen: the same. */
    conditionId: Type.Optional(Id),
    /** merge: the event into which it goes. */
    into: Type.Optional(Id),
    /** dispatch: the lead; sign, return, handle: for which of one's units, where there are several. */
    unit: Type.Optional(UnitCode),
    assist: Type.Optional(Type.Array(UnitCode, { maxItems: 5, uniqueItems: true })),
    outcome: Type.Optional(Outcome),
    /** askHold: until when, at most a year away. */
    until: Type.Optional(Instant),
    /** askHandover: the grid that is asked to take it. */
    gridId: Type.Optional(Id),
    /** endorse, grant, refuse: which request. */
    ask: Type.Optional(Ask),
    /** supervise: 0 ends it, 1 ordinary, 2 yellow card, 3 red card. */
    level: Type.Optional(Type.Integer({ minimum: 0, maximum: 3 })),
    /** important: set or cleared. */
    on: Type.Optional(Type.Boolean()),
    /** reply: to which obligation. */
    obligationId: Type.Optional(Id),
  },
  { additionalProperties: false },
)
export type MoveOrder = Static<typeof MoveOrder>

const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

export const moveEvent = endpoint(
  'POST',
  '/api/events/:id/moves',
  {
    params: Type.Object({ id: Id }),
    body: Type.Object({ ...MoveOrder.properties, version: Version }, { additionalProperties: false }),
    reply: EventRow,
  },
  { summary: 'One move of the flow, by the version that the person saw', policy: 'events.move' },
)

export const moveMany = endpoint(
  'POST',
  '/api/events/moves',
  {
    body: Type.Object(
      {
        ...MoveOrder.properties,
        items: Type.Array(Type.Object({ id: Id, version: Version }, { additionalProperties: false }), {
          minItems: 1,
          maxItems: 200,
        }),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      done: Type.Integer(),
      items: Type.Array(
        Type.Union([
          Type.Object({ ok: Type.Literal(true), event: EventRow }),
          Type.Object({ ok: Type.Literal(false), id: Id, problem: Problem }),
        ]),
      ),
    }),
  },
  { summary: 'The same move on many events, each on its own', policy: 'events.move' },
)

export const Assignment = Type.Object({
  id: Id,
  unit: Type.String(),
  part: Type.Union([Type.Literal('lead'), Type.Literal('assist')]),
  dispatchedAt: Instant,
  dueAt: Instant,
  amberAt: Instant,
  why: Why,
  /** Until then the unit may return it. */
  refuseUntil: Instant,
  signedAt: Type.Union([Instant, Type.Null()]),
  handledAt: Type.Union([Instant, Type.Null()]),
  /** The last time: proof of handling must be newer. */
  sentBackAt: Type.Union([Instant, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  ending: Type.Union([
    Type.Literal('returned'),
    Type.Literal('recalled'),
    Type.Literal('closed'),
    Type.Null(),
  ]),
  reworks: Type.Integer(),
})
export type Assignment = Static<typeof Assignment>

export const Request = Type.Object({
  id: Id,
  kind: Ask,
  stage: Type.Union([
    Type.Literal('asked'),
    Type.Literal('endorsed'),
    Type.Literal('granted'),
    Type.Literal('refused'),
  ]),
  askedBy: Id,
  askedAs: Type.String(),
  askedName: Type.String(),
  askedAt: Instant,
  reason: Type.String(),
  unit: Type.Union([Type.String(), Type.Null()]),
  gridId: Type.Union([Id, Type.Null()]),
  until: Type.Union([Instant, Type.Null()]),
  decidedAt: Type.Union([Instant, Type.Null()]),
  answer: Type.Union([Type.String(), Type.Null()]),
})
export type Request = Static<typeof Request>

export const Obligation = Type.Object({
  id: Id,
  /** The event through which the promise was made; another than the carrier after a merge. */
  eventId: Id,
  channel: Channel,
  dueAt: Instant,
  reply: Type.Union([Type.String(), Type.Null()]),
  repliedAt: Type.Union([Instant, Type.Null()]),
})
export type Obligation = Static<typeof Obligation>

/** What the rules of the flow look at; beside the event's own row. */
export const Case = Type.Object({
  id: Id,
  version: Type.Integer(),
  condition: Type.Union([Condition, Type.Null()]),
  why: Type.Union([Why, Type.Null()]),
  extensions: Type.Integer(),
  holds: Type.Integer(),
  heldFrom: Type.Union([EventStatus, Type.Null()]),
  heldUntil: Type.Union([Instant, Type.Null()]),
  onTheSpot: Type.Boolean(),
  /** When a field check last passed; null if none has since the last handling. */
  checkedAt: Type.Union([Instant, Type.Null()]),
  unscored: Type.Boolean(),
  reworks: Type.Integer(),
  reopened: Type.Integer(),
  mergedInto: Type.Union([Id, Type.Null()]),
  /** Events that went into this one. */
  mergedFrom: Type.Array(Id),
  assignments: Type.Array(Assignment),
  requests: Type.Array(Request),
  obligations: Type.Array(Obligation),
  photos: Type.Array(Photo),
})
export type Case = Static<typeof Case>

export const readCase = endpoint(
  'GET',
  '/api/events/:id/case',
  { params: Type.Object({ id: Id }), reply: Case },
  {
    summary: 'The casework of one event: clocks, units, requests, obligations, photos',
    policy: 'events.read',
  },
)

export const findNear = endpoint(
  'GET',
  '/api/events/:id/near',
  {
    params: Type.Object({ id: Id }),
    reply: Type.Array(Type.Object({ event: EventRow, metres: Type.Number(), hours: Type.Number() })),
  },
  { summary: 'Likely duplicates: same class, near in place and time', policy: 'events.read' },
)

export const suggestUnits = endpoint(
  'GET',
  '/api/events/:id/units',
  {
    params: Type.Object({ id: Id }),
    reply: Type.Array(
      Type.Object({
        unit: Type.String(),
        name: Words,
        /** Best first; null for units that the class does not name. */
        rank: Type.Union([Type.Integer(), Type.Null()]),
        open: Type.Integer(),
        amber: Type.Integer(),
        red: Type.Integer(),
      }),
    ),
  },
  {
    summary: 'Units for a dispatch: those suggested for class and grid first, with their load',
    policy: 'events.read',
  },
)
