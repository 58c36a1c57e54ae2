import type { Condition, Limit, Why } from '#contract/deadlines'
import type { Ask, Channel, EventFacts, EventRow, EventSource, EventStatus } from '#contract/events'
import type { CaseRequest, CaseStep } from '../geodata/demo/casework.ts'
import type { DemoEvent } from '../geodata/demo/history.ts'
import type { GridRef, Placement } from '../server/grids/contract.ts'
import type { Cast, Person } from './seed-people.ts'

interface Promised {
  readonly dueAt: number
  readonly amberAt: number
  readonly why: Why
}

/** What the server knows of cases; handed in, because the database layer knows no rules. */
export interface CaseRules {
  readonly dueAt: (start: number, condition: Condition) => number
  readonly promise: (start: number, condition: Condition) => Promised
  readonly refuseUntil: (dispatchedAt: number, limit: Limit, dueAt: number) => number
  /** When lateness puts a case under supervision, by levels from the first. */
  readonly raisedAt: (dueAt: number) => readonly number[]
  readonly stageDueAt: (status: EventStatus, at: number, refuseUntil: number | null) => number | null
  readonly channelOf: (source: EventSource) => Channel
  readonly rowOf: (event: EventFacts) => EventRow
  readonly audienceOf: (...states: readonly EventFacts[]) => string[]
}

/** An event of the demo that has its number and its grid; the first one is number 1, on every machine. */
export interface Known {
  readonly id: number
  readonly n: number
  readonly event: DemoEvent
  readonly grid: GridRef | null
  readonly placement: Placement
  readonly condition: Condition
}

/** A unit's part in a case; instants in milliseconds. */
interface Part {
  readonly unit: string
  readonly part: 'lead' | 'assist'
  readonly dispatchedAt: number
  readonly dueAt: number
  readonly amberAt: number
  readonly why: Why
  readonly refuseUntil: number
  readonly signedAt: number | null
  readonly handledAt: number | null
  readonly endedAt: number | null
  readonly ending: 'returned' | 'closed' | null
}

interface Told extends Person {
  readonly at: number
  readonly step: string
  readonly audience: readonly string[]
  readonly data: EventRow & { readonly reason?: string; readonly unit?: string }
}

type Asked = Omit<CaseRequest, 'by' | 'endorsedBy' | 'decidedBy'> & {
  readonly by: Person
  readonly endorsedBy: number | null
  readonly decidedBy: number | null
  readonly unit: string | null
}

/** All rows that a case leaves. */
export interface CaseRows {
  readonly facts: EventFacts
  readonly why: Why
  readonly channel: Channel
  readonly parts: readonly Part[]
  readonly steps: readonly Told[]
  readonly requests: readonly Asked[]
  readonly replied: { readonly at: number; readonly by: number | null; readonly text: string } | null
}

/** Plays a case from its report to where it stands, with the row as it was after each step. */
export function played(known: Known, cast: Cast, rules: CaseRules): CaseRows {
  const { id, n, event, grid, placement, condition } = known
  const { dueAt, amberAt, why } = rules.promise(event.reportedAt, condition)
  const source = event.source as EventSource
  const scene = (units: readonly string[]) => ({
    n,
    source,
    gridId: grid?.id ?? null,
    units: units.length > 0 ? units : event.units,
  })
  let facts: EventFacts = {
    id,
    category: event.category,
    status: 'reported',
    source,
    position: [...event.position],
    address: event.address,
    gridId: grid?.id ?? null,
    keeperId: null,
    rule: placement.rule,
    occurredAt: event.occurredAt,
    reportedAt: event.reportedAt,
    dueAt,
    amberAt,
    closedAt: null,
    stageDueAt: null,
    units: [],
    asks: [],
    supervision: 0,
    important: false,
    reporter: cast('reporter', scene([])).account,
    version: 0,
  }
  let parts: readonly Part[] = []
  const steps = event.steps.map((step): Told => {
    const before = facts
    parts = partsAfter(parts, step, known, rules)
    facts = factsAfter(facts, step, event, stageOf(step, before, parts, rules))
    const unit = UNIT_STEPS.has(step.step) ? (before.units[0] ?? facts.units[0]) : undefined
    return {
      ...cast(step.by, scene(before.units)),
      at: step.at,
      step: step.step,
      audience: rules.audienceOf(before, facts),
      data: {
        ...rules.rowOf(facts),
        ...(step.reason !== undefined && { reason: step.reason }),
        ...(unit !== undefined && { unit }),
      },
    }
  })
  const requests = event.requests.map(({ endorsedBy, decidedBy, ...request }): Asked => {
    const by = cast(request.by, scene(facts.units))
    const account = (doer: typeof endorsedBy) => (doer ? cast(doer, scene(facts.units)).account : null)
    const unit = request.by === 'liaison' ? (facts.units[0] ?? null) : null
    return { ...request, by, unit, endorsedBy: account(endorsedBy), decidedBy: account(decidedBy) }
  })
  const channel = rules.channelOf(source)
  return { facts, why, channel, parts, steps, requests, replied: repliedOf(steps, event) }
}

/** Steps that are the work of a unit, or give it some. */
const UNIT_STEPS: ReadonlySet<string> = new Set([
  'event.dispatched',
  'event.signed',
  'event.started',
  'event.handled',
  'event.returned',
])

function factsAfter(
  facts: EventFacts,
  step: CaseStep,
  { closedAt }: DemoEvent,
  stageDueAt: number | null,
): EventFacts {
  return {
    ...facts,
    status: step.status as EventStatus,
    closedAt: step.at === closedAt ? closedAt : facts.closedAt,
    stageDueAt,
    units: [...(step.units ?? facts.units)],
    asks: [...((step.asks as readonly Ask[] | undefined) ?? facts.asks)],
    supervision: step.supervision ?? facts.supervision,
    version: facts.version + 1,
  }
}

function stageOf(
  step: CaseStep,
  before: EventFacts,
  parts: readonly Part[],
  rules: CaseRules,
): number | null {
  const status = step.status as EventStatus
  if (status === before.status && before.version > 0) return before.stageDueAt
  const lead = parts.find(({ part, endedAt }) => part === 'lead' && endedAt === null)
  return rules.stageDueAt(status, step.at, lead?.refuseUntil ?? null)
}

function partsAfter(
  parts: readonly Part[],
  { step, at, units }: CaseStep,
  { condition }: Known,
  rules: CaseRules,
): readonly Part[] {
  const active = (change: (part: Part) => Part) =>
    parts.map((part) => (part.endedAt === null ? change(part) : part))
  switch (step) {
    case 'event.dispatched': {
      const promised = rules.promise(at, condition)
      const refuseUntil = rules.refuseUntil(at, condition.limit, promised.dueAt)
      const rest = { signedAt: null, handledAt: null, endedAt: null, ending: null }
      return (units ?? []).map((unit, n) => ({
        unit,
        part: n === 0 ? 'lead' : 'assist',
        dispatchedAt: at,
        refuseUntil,
        ...promised,
        ...rest,
      }))
    }
    case 'event.signed':
      return active((part) => ({ ...part, signedAt: at }))
    case 'event.handled':
      return active((part) => ({ ...part, handledAt: at }))
    case 'event.returned':
      return active((part) => ({ ...part, endedAt: at, ending: 'returned' }))
    case 'event.closed':
      return active((part) => ({ ...part, endedAt: at, ending: 'closed' }))
    default:
      return parts
  }
}

/** Callers are answered by a step; through the grid, the closing is the answer. */
function repliedOf(steps: readonly Told[], { closedAt, source }: DemoEvent): CaseRows['replied'] {
  const ended = steps.find(({ at }) => at === closedAt)
  const isCallers = source === 'hotline-12345' && ended?.step === 'event.closed'
  const told = steps.find(({ step }) => step === 'event.replied') ?? (isCallers ? undefined : ended)
  if (!told || told.step === 'event.merged') return null
  return { at: told.at, by: told.account, text: told.data.reason ?? '已办结' }
}
