import { Type } from 'typebox'
import { EventFilter } from '../events/contract.ts'
import { endpoint, Id, Instant } from '../http/contract.ts'

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
  { summary: 'Counts per grid and category for a period', policy: 'events.count' },
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
      /** Of this year's, those found and solved on the spot. */
      onTheSpot: Type.Integer(),
      /**
       * Closed on time / (closed + open overdue) over the past 365 days, 0 to 1. Delays that an appeal excused count on neither
       * side; what is on hold is not overdue.
       */
      onTimeRate: Type.Number(),
      /** What the rate is made of. */
      scored: Type.Object({ onTime: Type.Integer(), closed: Type.Integer(), overdue: Type.Integer() }),
      disputes: Type.Object({ open: Type.Integer(), year: Type.Integer() }),
    }),
  },
  { summary: 'The figures of the top strip and the wall', policy: 'events.count' },
)
