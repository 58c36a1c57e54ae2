import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant, Position } from '../http/contract.ts'
import { Drawing, Int, Key, orNull, PlanOp, strict, Text } from './contract/draft.ts'
import { Origin, Plan, Scenario } from './contract/scenario.ts'

export { Drawing, PlanOp } from './contract/draft.ts'
export * from './contract/files.ts'
export * from './contract/scenario.ts'

export const listPlans = endpoint(
  'GET',
  '/api/plans',
  { reply: Type.Object({ plans: Type.Array(Plan), scenarios: Type.Array(Scenario) }) },
  { summary: 'Plans by date and drafts of boundaries, newest first', policy: 'plans.read' },
)

/** One operation of a draft's log. */
export const LogLine = Type.Object({
  seq: Type.Integer(),
  parent: Type.Integer(),
  /** Alike for what was asked for together: one press takes it back. */
  gesture: Type.Integer(),
  op: PlanOp,
  by: orNull(Type.String()),
  at: Instant,
})
export type LogLine = Static<typeof LogLine>

/** A draft as one opens it: what it was forked from, the whole log, and where it stands. The client does the operations itself. */
export const OpenScenario = Type.Object({
  scenario: Scenario,
  base: Drawing,
  log: Type.Array(LogLine),
  head: Type.Integer(),
})
export type OpenScenario = Static<typeof OpenScenario>

const params = Type.Object({ id: Id })
const version = Type.Integer({ minimum: 0 })

export const readScenario = endpoint(
  'GET',
  '/api/scenarios/:id',
  { params, reply: OpenScenario },
  { summary: 'A draft with its log', policy: 'plans.read' },
)

export const readPlanDrawing = endpoint(
  'GET',
  '/api/plans/:id/drawing',
  { params, reply: Drawing },
  { summary: 'The fabric and labels of a plan', policy: 'plans.read' },
)

const Places = { xs: Type.Array(Int), ys: Type.Array(Int) }
/** See geodata/plan/sites.ts. */
export const PlanSites = Type.Object({
  buildings: Type.Object({ ...Places, ids: Type.Array(Id), households: Type.Array(Type.Integer()) }),
  events: Type.Object({
    ...Places,
    ids: Type.Array(Id),
    minutes: Type.Array(Type.Integer()),
    open: Type.Array(Type.Integer()),
  }),
  disputes: Type.Array(Type.Object({ grid: Id, open: Type.Integer(), year: Type.Integer() })),
  workers: Type.Array(Type.Object({ id: Id, name: Type.String(), fullTime: Type.Boolean() })),
})

export type PlanSites = Static<typeof PlanSites>

export const readSites = endpoint(
  'GET',
  '/api/planning/sites',
  { reply: PlanSites },
  {
    summary: 'What is counted in the grids of a plan: homes, events of a year, workers',
    policy: 'plans.read',
  },
)

export const forkScenario = endpoint(
  'POST',
  '/api/scenarios',
  {
    body: Type.Object(
      {
        name: Text(80),
        from: Origin,
        /** Done at once on the new draft, such as a suggestion or somebody's own side of a conflict. */
        ops: Type.Optional(Type.Array(PlanOp, { maxItems: 500 })),
      },
      strict,
    ),
    reply: Scenario,
  },
  { summary: 'A new draft from a plan or from another draft', policy: 'plans.write', status: 201 },
)

export const editScenario = endpoint(
  'POST',
  '/api/scenarios/:id/ops',
  {
    params,
    body: Type.Object(
      {
        version,
        change: Type.Union([
          Type.Object({ ops: Type.Array(PlanOp, { minItems: 1, maxItems: 500 }) }, strict),
          Type.Object({ undo: Type.Integer({ minimum: 1, maximum: 10_000 }) }, strict),
          Type.Object({ redo: Type.Integer({ minimum: 1, maximum: 10_000 }) }, strict),
        ]),
      },
      strict,
    ),
    reply: Type.Object({ version: Type.Integer(), head: Type.Integer(), log: Type.Array(LogLine) }),
  },
  {
    summary: 'Operations, undo or redo; 409 when somebody else has changed the draft since `version`',
    policy: 'plans.write',
  },
)

export const renameScenario = endpoint(
  'POST',
  '/api/scenarios/:id/name',
  { params, body: Type.Object({ name: Text(80) }, strict), reply: Scenario },
  { summary: 'Another name for a draft', policy: 'plans.write' },
)

/** What may be done with a draft as a whole; who may do it when, says `decide` of #rules/planning. */
export const SCENARIO_MOVES = ['submit', 'return', 'approve', 'withdraw', 'archive', 'restore'] as const
export const ScenarioMove = Type.Enum(SCENARIO_MOVES, { type: 'string' })
export type ScenarioMove = (typeof SCENARIO_MOVES)[number]

export const moveScenario = endpoint(
  'POST',
  '/api/scenarios/:id/moves',
  {
    params,
    body: Type.Object(
      {
        move: ScenarioMove,
        version,
        /** Note of the planner or reason of the one who decides. */
        text: Type.Optional(Text(1000)),
        /** For `approve`: the minute from which the plan is in force. */
        effectiveAt: Type.Optional(Instant),
      },
      strict,
    ),
    reply: Scenario,
  },
  { summary: 'Submit, return, approve with a date, withdraw, archive, restore', policy: 'plans.read' },
)

export const PlanComment = Type.Object({
  id: Id,
  position: Position,
  text: Type.String(),
  by: orNull(Type.String()),
  at: Instant,
  resolvedBy: orNull(Type.String()),
  resolvedAt: orNull(Instant),
})
export type PlanComment = Static<typeof PlanComment>

export const listComments = endpoint(
  'GET',
  '/api/scenarios/:id/comments',
  { params, reply: Type.Array(PlanComment) },
  { summary: 'Comments pinned to places of a draft', policy: 'plans.read' },
)

export const addComment = endpoint(
  'POST',
  '/api/scenarios/:id/comments',
  { params, body: Type.Object({ position: Position, text: Text(1000) }, strict), reply: PlanComment },
  { summary: 'Pins a comment to a place', policy: 'plans.read', status: 201 },
)

export const resolveComment = endpoint(
  'POST',
  '/api/scenarios/:id/comments/:comment/resolve',
  { params: Type.Object({ id: Id, comment: Id }), reply: PlanComment },
  { summary: 'Marks a comment as settled', policy: 'plans.read' },
)

/** A year of events counted by the borders of a draft or plan, and by the grids that they had. */
export const backcast = endpoint(
  'GET',
  '/api/planning/backcast',
  {
    query: Type.Object({
      kind: Type.Union([Type.Literal('plan'), Type.Literal('scenario')]),
      id: Id,
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
    }),
    reply: Type.Object({
      from: Instant,
      to: Instant,
      rows: Type.Array(
        Type.Object({
          grid: Key,
          code: orNull(Type.String()),
          name: Type.String(),
          /** Events that the grid had, by the borders of their day. */
          had: Type.Integer(),
          /** Events that it would have had. */
          drawn: Type.Integer(),
          hadOverdue: Type.Integer(),
          drawnOverdue: Type.Integer(),
        }),
      ),
      /** Outside of every grid of the drawing. */
      outside: Type.Integer(),
    }),
  },
  { summary: 'Events of a period by old and by new borders', policy: 'plans.read' },
)
