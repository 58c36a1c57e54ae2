import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant, Position, Problem } from '../http/contract.ts'
import { GridRef, Placement, PlacementRule } from '../grids/contract.ts'
import { LimitUnit } from '../deadlines/contract.ts'

export const EVENT_STATUSES = [
  'reported',
  'verifying',
  'filed',
  'dispatched',
  'signed',
  'handling',
  'handled',
  'checking',
  'returned',
  'held',
  'closed',
  'revisited',
  'rejected',
  'merged',
] as const
export type EventStatus = (typeof EVENT_STATUSES)[number]
export const EventStatus = Type.Enum(EVENT_STATUSES, { type: 'string' })

/** An ended event has no clock any more. */
export const ENDED: readonly EventStatus[] = ['closed', 'revisited', 'rejected', 'merged']

export const EVENT_SOURCES = [
  'grid-worker',
  'hotline-12345',
  'patrol',
  'video',
  'public',
  'department',
] as const
export type EventSource = (typeof EVENT_SOURCES)[number]
export const EventSource = Type.Enum(EVENT_SOURCES, { type: 'string' })

/** Lateness of an open event; `done` for an ended one. Defined by #rules/deadlines `light`. */
export const LIGHTS = ['green', 'amber', 'red', 'hold', 'done'] as const
export type Light = (typeof LIGHTS)[number]
export const Light = Type.Enum(LIGHTS, { type: 'string' })

/** Through whom a promise was made; each channel has its own deadline and reply. */
const CHANNELS = ['grid', '12345', 'emergency', 'party'] as const
export const Channel = Type.Enum(CHANNELS, { type: 'string' })
export type Channel = Static<typeof Channel>

/** What somebody asked for and others decide. */
export const ASKS = ['extend', 'hold', 'handover', 'reopen', 'appeal'] as const
export type Ask = (typeof ASKS)[number]
export const Ask = Type.Enum(ASKS, { type: 'string' })

export const Category = Type.Object({
  code: Type.String(),
  name: Type.Object({ zh: Type.String(), en: Type.String() }),
  /** Leading part of the code, such as 01 city appearance or G2 safety. */
  group: Type.String(),
  urgency: Type.Union([
    Type.Literal('urgent'),
    Type.Literal('fast'),
    Type.Literal('normal'),
    Type.Literal('long'),
  ]),
  limit: Type.Object({ amount: Type.Integer(), unit: LimitUnit }),
  units: Type.Array(Type.String()),
})
export type Category = Static<typeof Category>

/** What lists, the map and the live feed carry of an event: nothing that a person wrote. */
export const EventRow = Type.Object({
  id: Id,
  /** yyyymmdd of the report in China, dash, id of at least six digits. */
  number: Type.String(),
  category: Type.String(),
  status: EventStatus,
  source: EventSource,
  position: Position,
  address: Type.Union([Type.String(), Type.Null()]),
  gridId: Type.Union([Id, Type.Null()]),
  /** Grid that goes on with it where the ground has changed hands since it happened; null: `gridId` does. */
  keeperId: Type.Union([Id, Type.Null()]),
  rule: PlacementRule,
  occurredAt: Instant,
  reportedAt: Instant,
  dueAt: Instant,
  /** From then on the light is amber. */
  amberAt: Instant,
  closedAt: Type.Union([Instant, Type.Null()]),
  /** Of the node that it waits at: intake, dispatch, field check. */
  stageDueAt: Type.Union([Instant, Type.Null()]),
  /** At work on it, the lead first. */
  units: Type.Array(Type.String()),
  /** Kinds of requests that wait for a decision. */
  asks: Type.Array(Ask),
  /** 0 none, 1 ordinary, 2 yellow card, 3 red card (督办). */
  supervision: Type.Integer({ minimum: 0, maximum: 3 }),
  important: Type.Boolean(),
  /** Account of who reported it; null for the public and for machines. */
  reporter: Type.Union([Id, Type.Null()]),
  version: Type.Integer(),
})
export type EventRow = Static<typeof EventRow>

type Instants = 'occurredAt' | 'reportedAt' | 'dueAt' | 'amberAt'

/** An event as the server works with it: instants in milliseconds, and no number, which follows from the others. */
export type EventFacts = Omit<EventRow, 'number' | 'closedAt' | 'stageDueAt' | Instants> &
  Readonly<Record<Instants, number>> & {
    readonly closedAt: number | null
    readonly stageDueAt: number | null
  }

/** One line of the event's own history. */
export const EventStep = Type.Object({
  at: Instant,
  step: Type.String(),
  actor: Type.String(),
  /** Who that was, as a colleague sees it; absent for machines and for what happened before there were accounts. */
  name: Type.Optional(Type.String()),
  role: Type.Optional(Type.String()),
  /** Name of the grid that the step gave. */
  grid: Type.Optional(Type.String()),
  unit: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
})
export type EventStep = Static<typeof EventStep>

export const GridEvent = Type.Object({
  ...EventRow.properties,
  description: Type.Union([Type.String(), Type.Null()]),
  accuracyM: Type.Union([Type.Number(), Type.Null()]),
  grid: Type.Union([GridRef, Type.Null()]),
  placement: Placement,
  light: Light,
  steps: Type.Array(EventStep),
})
export type GridEvent = Static<typeof GridEvent>

export const EventReport = Type.Object(
  {
    /** May be left out where `address` names one known place. */
    position: Type.Optional(Position),
    category: Type.String({ minLength: 1, maxLength: 16 }),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    occurredAt: Type.Optional(Instant),
    accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    source: Type.Optional(EventSource),
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** Found and solved on the spot, with what was done: reported and closed in one. Photos follow by themselves. */
    solved: Type.Optional(
      Type.Object({ note: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type EventReport = Static<typeof EventReport>

/** One filter for the map, the list, the charts and the counts. Arrays repeat the key: ?status=filed&status=held */
export const EventFilter = Type.Object(
  {
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended')])),
    status: Type.Optional(Type.Array(EventStatus)),
    light: Type.Optional(Type.Array(Light)),
    category: Type.Optional(Type.Array(Type.String({ maxLength: 16 }))),
    /** Grid ids; 0 stands for the border desk: events without a grid. */
    grid: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))),
    community: Type.Optional(Type.Array(Type.String({ maxLength: 32 }))),
    source: Type.Optional(Type.Array(EventSource)),
    /** Of one of these units, whether at work on it or done with it. */
    unit: Type.Optional(Type.Array(Type.String({ maxLength: 16 }))),
    /** With a request of this kind that waits. */
    asks: Type.Optional(Type.Array(Ask)),
    /** Under supervision, or marked important. */
    watched: Type.Optional(Type.Literal('yes')),
    /** Reported by whoever asks. */
    mine: Type.Optional(Type.Literal('yes')),
    /** Reported at or after. */
    from: Type.Optional(Instant),
    /** Reported before. */
    to: Type.Optional(Instant),
    /** Ended at or after. */
    closedFrom: Type.Optional(Instant),
    /** west,south,east,north in degrees. */
    bbox: Type.Optional(Type.String({ pattern: '^-?[0-9.]+(,-?[0-9.]+){3}$', maxLength: 100 })),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
)
export type EventFilter = Static<typeof EventFilter>

export const listEvents = endpoint(
  'GET',
  '/api/events',
  {
    query: Type.Object(
      {
        ...EventFilter.properties,
        sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('due')])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
        cursor: Type.Optional(Type.String({ maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      items: Type.Array(EventRow),
      /** Exact number of events that the filter matches. */
      total: Type.Integer(),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  },
  { summary: 'Events by filter, newest or most urgent first', policy: 'events.read' },
)

export const readEvent = endpoint(
  'GET',
  '/api/events/:id',
  { params: Type.Object({ id: Id }), reply: GridEvent },
  {
    summary: 'One event with its placement and history',
    policy: 'events.read',
  },
)

export const reportEvent = endpoint(
  'POST',
  '/api/events',
  { body: EventReport, reply: GridEvent },
  {
    summary: 'Report an event; the answer says which grid it belongs to and why',
    policy: 'events.report',
    status: 201,
  },
)

export const reportBatch = endpoint(
  'POST',
  '/api/events/batch',
  {
    /** Items are checked one by one, so that a bad one never blocks the rest. */
    body: Type.Object(
      { items: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 1000 }) },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      accepted: Type.Integer(),
      refused: Type.Integer(),
      items: Type.Array(
        Type.Union([
          Type.Object({ ok: Type.Literal(true), event: EventRow, placement: Placement }),
          Type.Object({ ok: Type.Literal(false), problem: Problem }),
        ]),
      ),
    }),
  },
  {
    summary: 'Report up to 1,000 events; answers in the order given, each on its own',
    policy: 'events.report',
  },
)

export const placeEvent = endpoint(
  'POST',
  '/api/events/:id/place',
  {
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        gridId: Id,
        version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
        reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
      },
      { additionalProperties: false },
    ),
    reply: GridEvent,
  },
  { summary: 'Border desk: a person gives an event its grid', policy: 'events.move' },
)

export const readPoints = endpoint(
  'GET',
  '/api/events/points',
  { query: EventFilter, reply: Type.Unknown() },
  {
    summary: 'Events by filter as binary columns sorted by report time; layout in #geo/columns',
    policy: 'events.read',
    media: 'application/octet-stream',
  },
)

export const listCategories = endpoint(
  'GET',
  '/api/categories',
  { reply: Type.Array(Category) },
  {
    summary: 'Event classes with their limits',
    policy: 'signed-in',
  },
)
