import compress from '@fastify/compress'
import Fastify, {
  LogController,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import type { ErrorObject } from 'ajv'
import type { Db } from '#db/open'
import type { Problem } from './contract.ts'
import { readBodies } from './body.ts'
import { problemFor } from './failures.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { problemOf, refuse } from './problems.ts'
import { openApi } from './openapi.ts'
import type { Gate } from './session.ts'
import { forgetAnswers } from './store.ts'
import { refusalOf, validator } from './validation.ts'

export interface HttpOptions {
  readonly db: Db
  readonly gate: Gate
  readonly version: string
  readonly clock?: () => Date
  /** Called after each committed write, to look for news at once. */
  readonly wrote?: () => void
  /** Where it listens: on loopback only loopback's own names are answered. Any name if absent. */
  readonly host?: string
  /** Addresses of proxies whose word on the caller counts; nobody's if absent. */
  readonly trustProxy?: readonly string[]
  readonly logLevel?: 'silent' | 'error' | 'warn' | 'info'
  /** Standard output if absent. */
  readonly logTo?: { write(line: string): void }
}

const LIMITS: FastifyHttpOptions<RawServerDefault> = {
  bodyLimit: 5 * 1024 * 1024,
  requestTimeout: 30_000,
  // Without the check interval a trickled body is never cut off.
  http: { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 1000 },
  routerOptions: { maxParamLength: 200 },
  // Request lines hold search texts, so that only failures are logged, without them.
  logController: new LogController({ disableRequestLogging: true }),
  frameworkErrors: (error, request, reply) => {
    void send(reply as FastifyReply, problemFor(error, request.log, ''))
  },
}

const isLoopback = (name: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(name)

/**
 * On loopback whoever is at this machine may press the buttons of a demo; a web page elsewhere must not get there by a name
 * of its own that it lets point to this machine (DNS rebinding).
 */
function refuseOtherNames(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (isLoopback(request.hostname)) return done()
    done(
      refuse('wrong-host', {
        zh: '本服务只接受 localhost 或 127.0.0.1 的访问；要对外开放请设置 HOST。',
        en: 'Only localhost or 127.0.0.1 is served here; set HOST to open it.',
      }),
    )
  })
}

/**
 * A page elsewhere may make a browser send the session's cookie, but not hide where it comes from: browsers say so by
 * Sec-Fetch-Site, older ones by Origin. Programs say neither, and have no cookie of a person to abuse.
 */
function refuseForeignWrites(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !isForeign(request)) return done()
    done(
      refuse('foreign-origin', {
        zh: '该请求来自其他网站的页面，未作任何更改。',
        en: 'This request comes from a page of another site; nothing was changed.',
      }),
    )
  })
}

function isForeign({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

/** A Fastify instance on which capabilities are mounted: limits, headers, refusals and the OpenAPI document. */
export async function httpServer(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...LIMITS,
    ...(options.trustProxy?.length && { trustProxy: [...options.trustProxy] }),
    logger: { level: options.logLevel ?? 'info', ...(options.logTo && { stream: options.logTo }) },
  })
  app.decorate('shared', {
    db: options.db,
    gate: options.gate,
    clock: options.clock ?? (() => new Date()),
    wrote: options.wrote ?? (() => {}),
    endpoints: [],
  })
  app.decorateRequest('actor')
  readBodies(app)
  refuseForeignWrites(app)
  forgetOldAnswers(app)
  app.setValidatorCompiler<never>(({ schema, httpPart }) => validator(schema, httpPart))
  app.setSchemaErrorFormatter((errors) => refusalOf(errors as ErrorObject[]))
  app.setErrorHandler((error, request, reply) =>
    send(reply, problemFor(error, request.log, request.routeOptions.url ?? '')),
  )
  app.setNotFoundHandler((_request, reply) =>
    send(reply, problemOf('not-found', { zh: '没有这个地址。', en: 'There is no such address.' })),
  )
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS)
    done()
  })
  if (options.host !== undefined && isLoopback(options.host)) refuseOtherNames(app)
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], customTypes: COMPRESSIBLE })
  app.get('/openapi.json', () =>
    openApi(app.shared.endpoints, { title: '网格 Wangge', version: options.version }),
  )
  return app
}

const DAY = 86_400_000
/** A repeat of a request comes within days, at most when a phone has been offline for a while. */
const KEPT_DAYS = 30

function forgetOldAnswers(app: FastifyInstance): void {
  const { db, clock } = app.shared
  const timer = setInterval(() => {
    forgetAnswers(db, new Date(clock().getTime() - KEPT_DAYS * DAY)).catch((error: unknown) =>
      problemFor(error, app.log, 'forget answers'),
    )
  }, DAY / 24)
  app.addHook('onClose', () => clearInterval(timer))
}

function send(reply: FastifyReply, problem: Problem) {
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(problem)
}

/** Binary columns shrink to half; the live feed is never compressed, since it must not wait in a buffer. */
const COMPRESSIBLE =
  /^(?:text\/(?!event-stream)|image\/svg\+xml|application\/(?:[\w.-]+\+)?(?:json|javascript|octet-stream|wasm))/
