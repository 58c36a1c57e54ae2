import type { FastifyInstance } from 'fastify'
import { dateOf } from '#rules/deadlines'
import { mount, type Ctx } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { calendars, changeCalendar, changeConditions, exportFile, importFile } from './actions.ts'
import {
  exportConditions,
  importConditions,
  listCalendars,
  listConditions as listConditionsEndpoint,
  saveCalendar,
  saveConditions,
  type Sheet,
} from './contract.ts'
import { listConditions } from './store.ts'

export function deadlineRoutes(app: FastifyInstance): void {
  mount(app, listConditionsEndpoint, ({ ctx }) => listConditions(ctx.db))
  mount(app, saveConditions, ({ ctx, body }) => changeConditions(ctx, body))
  mount(app, exportConditions, ({ ctx, query }) => file(ctx, query.format))
  mount(app, importConditions, ({ ctx, body }) => importFile(ctx, body))
  mount(app, listCalendars, ({ ctx }) => calendars(ctx))
  mount(app, saveCalendar, ({ ctx, body }) => changeCalendar(ctx, body))
}

const MEDIA = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

async function file(ctx: Ctx, format: Sheet): Promise<Ready> {
  const filename = `立案条件-${dateOf(ctx.now.getTime())}.${format}`
  return new Ready(await exportFile(ctx, format), { filename, media: MEDIA[format] })
}
