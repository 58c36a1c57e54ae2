import { existsSync } from 'node:fs'
import { join } from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Database } from '#db/open'
import type { Migrated } from '#db/migrate'
import { accountRoutes, type AccountOptions } from './accounts/routes.ts'
import type { AccountsGate } from './accounts/actions/gate.ts'
import { auditRoutes } from './audit/routes.ts'
import { caseworkRoutes } from './casework/routes.ts'
import { deadlineRoutes } from './deadlines/routes.ts'
import { disputeRoutes, type DisputeOptions } from './disputes/routes.ts'
import { eventRoutes } from './events/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { figureRoutes } from './figures/routes.ts'
import { gridRoutes } from './grids/routes.ts'
import { readHealth } from './http/contract.ts'
import { mount } from './http/mount.ts'
import { httpServer, type HttpOptions } from './http/server.ts'
import { filesIn } from './photos/actions/files.ts'
import { photoRoutes } from './photos/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { planningRoutes } from './planning/routes.ts'
import type { Hub } from './trail/hub.ts'
import { trailRoutes } from './trail/routes.ts'

const VERSION = '0.1.0'

export interface AppOptions
  extends Pick<HttpOptions, 'clock' | 'host' | 'trustProxy' | 'logLevel' | 'logTo'>, DisputeOptions {
  readonly accounts: AccountOptions & { readonly gate: AccountsGate }
  readonly database: Database
  readonly migrated: Migrated
  readonly hub: Hub
  readonly mapApproval: string | null
  /** Where pictures lie. */
  readonly filesDir: string
  /** Folder of the built console; without it only the API answers. */
  readonly clientDir?: string
}

/** The whole server: every capability is on this list, by hand. */
export async function buildApp({
  accounts,
  cipher,
  database,
  migrated,
  hub,
  ...options
}: AppOptions): Promise<FastifyInstance> {
  const app = await httpServer({
    ...options,
    db: database.db,
    gate: accounts.gate,
    version: VERSION,
    wrote: () => hub.committed(),
  })
  mount(app, readHealth, () => ({
    ok: true as const,
    database: { kind: database.kind, version: database.version, postgis: database.postgis },
    migrations: { applied: migrated.at, known: migrated.at },
    viewers: hub.viewers,
  }))
  accountRoutes(app, accounts)
  gridRoutes(app)
  placeRoutes(app, { mapApproval: options.mapApproval })
  eventRoutes(app)
  caseworkRoutes(app)
  deadlineRoutes(app)
  figureRoutes(app)
  disputeRoutes(app, { cipher })
  photoRoutes(app, filesIn(options.filesDir))
  exportRoutes(app)
  planningRoutes(app)
  auditRoutes(app)
  trailRoutes(app, hub, (callback) => database.onWake('accounts', callback))
  if (options.clientDir !== undefined) await serveClient(app, options.clientDir)
  return app
}

/** Pages of the console; the rest of their address is the view. */
const PAGES = ['/', '/wall'] as const

async function serveClient(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html')))
    throw new Error(`${root}: the console is not built; run npm start`)
  await app.register(serveStatic, {
    root,
    index: false,
    preCompressed: true,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Only names under assets/ carry the hash of what they hold.
      const kept = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      reply.header('cache-control', kept)
    },
  })
  for (const page of PAGES) app.get(page, (_request, reply) => reply.sendFile('index.html'))
}
