import { Type, type Static } from 'typebox'
import { Id, Instant } from '../../http/contract.ts'
import { orNull, strict } from './draft.ts'

export const SCENARIO_STATUSES = ['draft', 'submitted', 'approved', 'effective', 'archived'] as const
export const ScenarioStatus = Type.Enum(SCENARIO_STATUSES, { type: 'string' })
export type ScenarioStatus = (typeof SCENARIO_STATUSES)[number]

/** What a draft or a comparison stands on. */
export const Origin = Type.Object(
  { kind: Type.Union([Type.Literal('plan'), Type.Literal('scenario')]), id: Id },
  strict,
)
export type Origin = Static<typeof Origin>

/** Totals of a change against what it is compared with; see geodata/plan/impact.ts. */
export const ImpactTotals = Type.Object({
  grids: Type.Integer(),
  gridsChanged: Type.Integer(),
  householdsMoved: Type.Integer(),
  buildingsMoved: Type.Integer(),
  openMoved: Type.Integer(),
  /** Largest deviation from the mean hours of its kind of area, as a share. */
  worstDeviation: Type.Number(),
  broken: Type.Integer(),
})
export type ImpactTotals = Static<typeof ImpactTotals>

/** A named draft of boundaries (方案). */
export const Scenario = Type.Object({
  id: Id,
  name: Type.String(),
  from: Origin,
  fromName: Type.String(),
  status: ScenarioStatus,
  version: Type.Integer(),
  /** Operations between what it was forked from and where it stands. */
  steps: Type.Integer(),
  createdBy: orNull(Type.String()),
  createdAt: Instant,
  changedAt: Instant,
  submittedBy: orNull(Type.String()),
  /** Account of who submitted it, who does not approve it. */
  submitter: orNull(Id),
  submittedAt: orNull(Instant),
  note: orNull(Type.String()),
  decidedBy: orNull(Type.String()),
  decidedAt: orNull(Instant),
  reason: orNull(Type.String()),
  /** Begin of the plan that it became. */
  effectiveAt: orNull(Instant),
  impact: orNull(ImpactTotals),
  comments: Type.Integer(),
})
export type Scenario = Static<typeof Scenario>

/** A division that is, was or will be in force. */
export const Plan = Type.Object({
  id: Id,
  name: Type.String(),
  /** Null: since always. */
  from: orNull(Instant),
  until: orNull(Instant),
  scenario: orNull(Id),
  /** Whether work, workers and buildings have been handed over. */
  switched: Type.Boolean(),
})
export type Plan = Static<typeof Plan>
