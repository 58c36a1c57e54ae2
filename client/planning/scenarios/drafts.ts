import type { Actor } from '#contract/accounts'
import type { Scenario, ScenarioStatus } from '#contract/planning'
import { movesFor } from '#rules/planning'

/** What waits for somebody comes first, what is over last. */
const GROUPS: readonly ScenarioStatus[] = ['submitted', 'draft', 'approved', 'effective', 'archived']

interface Group {
  readonly status: ScenarioStatus
  readonly scenarios: readonly Scenario[]
}

/** Drafts whose name or people have all the words, by what they are, the latest change first. */
export function groupsOf(scenarios: readonly Scenario[], search: string): readonly Group[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = scenarios.filter(({ name, createdBy, submittedBy, fromName }) => {
    const text = [name, createdBy, submittedBy, fromName].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const byStatus = Map.groupBy(found, ({ status }) => status)
  return GROUPS.flatMap((status) => {
    const own = byStatus.get(status) ?? []
    return own.length > 0 ? [{ status, scenarios: own.toSorted(laterFirst) }] : []
  })
}

const laterFirst = (a: Scenario, b: Scenario): number => Date.parse(b.changedAt) - Date.parse(a.changedAt)

/** Drafts on which this person, and not the one who submitted them, has to decide. */
export function waitingFor(scenarios: readonly Scenario[], actor: Actor, now: number): readonly Scenario[] {
  return scenarios.filter((scenario) => movesFor(scenario, actor, now).includes('approve'))
}
