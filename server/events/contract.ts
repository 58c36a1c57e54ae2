import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant, Position, Problem } from '../http/contract.ts'
import { GridRef, Placement, PlacementRule } from '../grids/contract.ts'

export const EVENT_STATUSES = [
  'reported',
  'filed',
  'dispatched',
  'signed',
  'handling',
  'handled',
  'held',
  'closed',
  'rejected',
  'merged',
] as const
export type EventStatus = (typeof EVENT_STATUSES)[number]
export const EventStatus = Type.Enum(EVENT_STATUSES, { type: 'string' })

/** An ended event has no clock any more. */
export const ENDED: readonly EventStatus[] = ['closed', 'rejected', 'merged']

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

/** Limit units: `u` runs through nights and holidays, `w` counts working time only; hours or days. */
export const LimitUnit = Type.Union([
  Type.Literal('uh'),
  Type.Literal('ud'),
  Type.Literal('wh'),
  Type.Literal('wd'),
])
export type LimitUnit = Static<typeof LimitUnit>

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
  rule: PlacementRule,
  occurredAt: Instant,
  reportedAt: Instant,
  dueAt: Instant,
  closedAt: Type.Union([Instant, Type.Null()]),
  version: Type.Integer(),
})
export type EventRow = Static<typeof EventRow>

type Instants = 'occurredAt' | 'reportedAt' | 'dueAt'

/** An event as the server works with it: instants in milliseconds, and no number, which follows from the others. */
export type EventFacts = Omit<EventRow, 'number' | 'closedAt' | Instants> &
  Readonly<Record<Instants, number>> & { readonly closedAt: number | null }

/** One line of the event's own history. */
export const EventStep = Type.Object({
  at: Instant,
  step: Type.String(),
  actor: Type.String(),
  /** Name of the grid that the step gave. */
  grid: Type.Optional(Type.String()),
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
  { summary: 'Events by filter, newest or most urgent first' },
)

export const readEvent = endpoint(
  'GET',
  '/api/events/:id',
  { params: Type.Object({ id: Id }), reply: GridEvent },
  {
    summary: 'One event with its placement and history',
  },
)

export const reportEvent = endpoint(
  'POST',
  '/api/events',
  { body: EventReport, reply: GridEvent },
  {
    summary: 'Report an event; the answer says which grid it belongs to and why',
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
  { summary: 'Report up to 1,000 events; answers in the order given, each on its own' },
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
  { summary: 'Border desk: a person gives an event its grid' },
)

export const readPoints = endpoint(
  'GET',
  '/api/events/points',
  { query: EventFilter, reply: Type.Unknown() },
  {
    summary: 'Events by filter as binary columns sorted by report time; layout in #geo/columns',
    media: 'application/octet-stream',
  },
)

export const readHeat = endpoint(
  'GET',
  '/api/events/heat',
  {
    query: EventFilter,
    reply: Type.Object({
      total: Type.Integer(),
      cells: Type.Array(
        Type.Object({
          gridId: Type.Union([Id, Type.Null()]),
          category: Type.String(),
          count: Type.Integer(),
        }),
      ),
    }),
  },
  { summary: 'Counts per grid and category for a period' },
)

export const readSummary = endpoint(
  'GET',
  '/api/events/summary',
  {
    reply: Type.Object({
      at: Instant,
      open: Type.Integer(),
      overdue: Type.Integer(),
      dueToday: Type.Integer(),
      borderDesk: Type.Integer(),
      reportedToday: Type.Integer(),
      closedToday: Type.Integer(),
      year: Type.Integer(),
      /** closed on time / (closed + open overdue) over the past 365 days, 0 to 1. */
      onTimeRate: Type.Number(),
      disputes: Type.Object({ open: Type.Integer(), year: Type.Integer() }),
    }),
  },
  { summary: 'The figures of the top strip and the wall' },
)

export const listCategories = endpoint(
  'GET',
  '/api/categories',
  { reply: Type.Array(Category) },
  {
    summary: 'Event classes with their limits',
  },
)
