import type { FastifyInstance } from 'fastify'
import { mount } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { exportTrail, readHead, readTrail, verifyNow } from './actions.ts'
import { exportAudit, listAudit, readAuditHead, verifyAudit } from './contract.ts'

export function auditRoutes(app: FastifyInstance): void {
  mount(app, listAudit, ({ ctx, query }) => readTrail(ctx, query))
  mount(app, exportAudit, async ({ ctx, query, answerWith }) => {
    const { content, count, filename, media } = await exportTrail(ctx, query)
    answerWith('x-row-count', String(count))
    return new Ready(content, { filename, media })
  })
  mount(app, readAuditHead, ({ ctx }) => readHead(ctx))
  // It reads for seconds and writes one line at the end: no transaction is held over it.
  mount(app, verifyAudit, ({ ctx }) => verifyNow(ctx), { write: 'one-statement' })
}
