import type { FastifyInstance } from 'fastify'
import { mount } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { makeExport } from './actions.ts'
import { exportEvents } from './contract.ts'

export function exportRoutes(app: FastifyInstance): void {
  mount(app, exportEvents, async ({ ctx, query, answerWith }) => {
    const { content, count, filename, media } = await makeExport(ctx, query)
    answerWith('x-row-count', String(count))
    return new Ready(content, { filename, media })
  })
}
