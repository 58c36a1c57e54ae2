import type { EventRow } from '#contract/events'

const REPORTED = '2026-03-06T08:00:00Z'
const DUE = '2026-03-06T12:00:00Z'

/** An open event for tests: reported at 8:00 and due at 12:00 UTC, amber half-way, unless told otherwise. */
export function rowFor(part: Partial<EventRow>): EventRow {
  const id = part.id ?? 7
  const reportedAt = part.reportedAt ?? REPORTED
  const dueAt = part.dueAt ?? DUE
  const halfway = (Date.parse(reportedAt) + Date.parse(dueAt)) / 2
  return {
    id,
    number: `20260306-${String(id).padStart(6, '0')}`,
    category: '01-10',
    status: 'filed',
    source: 'patrol',
    position: [119.9, 32.4],
    address: null,
    gridId: 1,
    keeperId: null,
    rule: 'inside',
    occurredAt: reportedAt,
    reportedAt,
    dueAt,
    amberAt: new Date(halfway).toISOString(),
    closedAt: null,
    stageDueAt: null,
    units: [],
    asks: [],
    supervision: 0,
    important: false,
    reporter: null,
    version: 1,
    ...part,
  }
}
