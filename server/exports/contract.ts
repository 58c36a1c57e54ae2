import { Type } from 'typebox'
import { EventFilter } from '../events/contract.ts'
import { endpoint } from '../http/contract.ts'

export const exportEvents = endpoint(
  'GET',
  '/api/events/export',
  {
    query: Type.Object(
      {
        ...EventFilter.properties,
        format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
        language: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])),
      },
      { additionalProperties: false },
    ),
    reply: Type.Unknown(),
  },
  {
    summary: 'Every event of a filter as a file; as many rows as the list counts',
    policy: 'events.read',
    media: 'text/csv',
  },
)
