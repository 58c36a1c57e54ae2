import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '#db/open'
import { Problem, type BodyOf, type Endpoint, type ParamsOf, type QueryOf, type ReplyOf } from './contract.ts'
import { findBadText } from './body.ts'
import { refuse, Refusal } from './problems.ts'
import { serialSchema } from './serial.ts'
import { actorOf, type Actor } from './session.ts'
import { findAnswer, keepAnswer, type KeptAnswer } from './store.ts'

/** What one request works with. In a write `db` is its transaction. `now` is the only clock reading of the request. */
export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  readonly now: Date
}

/** What the mounted routes share; decorates the instance as `app.shared`. */
interface Shared {
  readonly db: Db
  readonly clock: () => Date
  /** Called after each committed write. */
  readonly wrote: () => void
  /** Everything mounted so far, for the OpenAPI document. */
  readonly endpoints: Endpoint[]
}

declare module 'fastify' {
  interface FastifyInstance {
    shared: Shared
  }
}

/** An answer that is ready to send: bytes or JSON text. With an `etag` it may be kept and asked for again. */
export class Ready {
  readonly content: string | Uint8Array
  readonly etag: string | undefined

  constructor(content: string | Uint8Array, etag?: string) {
    this.content = content
    this.etag = etag
  }
}

interface Asked<E extends Endpoint> {
  readonly ctx: Ctx
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** Of an earlier answer that the caller still has. */
  readonly etag: string | undefined
}

type Answer<E extends Endpoint> = ReplyOf<E> | Ready
export type Handler<E extends Endpoint> = (asked: Asked<E>) => Answer<E> | Promise<Answer<E>>

/** Lists an endpoint that is served by other means, so that it is documented. */
export function describe(app: FastifyInstance, endpoint: Endpoint): void {
  app.shared.endpoints.push(endpoint)
}

export interface MountOptions {
  /**
   * How a write becomes one transaction: by one around the handler, or, where the handler writes by a single statement,
   * by that statement itself, which saves the round trips of its beginning and end.
   */
  readonly write?: 'transaction' | 'one-statement'
}

export function mount<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: Handler<E>,
  { write = 'transaction' }: MountOptions = {},
): void {
  describe(app, endpoint)
  const { params, query, body, reply } = endpoint.shape
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema: {
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [endpoint.status ?? 200]: serialSchema(reply), '4xx': Problem, '5xx': Problem },
    },
    handler: (request, response) =>
      endpoint.method === 'GET'
        ? answerRead(app.shared, endpoint, handler, request, response)
        : answerWrite(app.shared, endpoint, handler, write, request, response),
  })
}

async function answerRead<E extends Endpoint>(
  shared: Shared,
  endpoint: E,
  handler: Handler<E>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const answer = await handler(askedOf<E>(request, shared.db, shared.clock()))
  if (!(answer instanceof Ready)) return reply.header('cache-control', 'no-store').send(answer)
  reply.header('cache-control', answer.etag === undefined ? 'no-store' : 'no-cache')
  reply.type(typeOf(endpoint))
  if (answer.etag === undefined) return reply.send(bytesOf(answer.content))
  reply.header('etag', answer.etag)
  if (answer.etag === request.headers['if-none-match']) return reply.code(304).send()
  return reply.send(bytesOf(answer.content))
}

/** A write is one transaction; its answer is composed inside it and sent after the commit. */
async function answerWrite<E extends Endpoint>(
  shared: Shared,
  endpoint: E,
  handler: Handler<E>,
  write: MountOptions['write'],
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const now = shared.clock()
  reply
    .code(endpoint.status ?? 200)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
  const compose = async (db: Db) => {
    const answer = await handler(askedOf<E>(request, db, now))
    return reply.serialize(answer as object) as string
  }
  const key = keyOf(request)
  if (key !== null) return answerOnce(shared, { key, request: digestOf(request) }, compose, now, reply)
  const text = await (write === 'one-statement' ? compose(shared.db) : shared.db.transaction(compose))
  shared.wrote()
  return reply.send(text)
}

/** The answer is kept under its key in the transaction of the write, so that a repeat gets it and changes nothing. */
async function answerOnce(
  shared: Shared,
  asked: Pick<KeptAnswer, 'key' | 'request'>,
  compose: (db: Db) => Promise<string>,
  now: Date,
  reply: FastifyReply,
) {
  try {
    const text = await shared.db.transaction(async (tx) => {
      const answer = await compose(tx)
      if (!(await keepAnswer(tx, { ...asked, status: reply.statusCode, reply: answer }, now)))
        throw new Repeated()
      return answer
    })
    shared.wrote()
    return await reply.send(text)
  } catch (error) {
    if (!(error instanceof Repeated || error instanceof Refusal)) throw error
    return await answerAgain(shared, asked, reply, error)
  }
}

/** Rolls back work whose key turned out to have an answer. */
class Repeated extends Error {}

/**
 * Only what was done is kept: a refused request changed nothing and may be sent again, corrected, under its key. So after
 * a refusal the key is looked up too, since the refusal may come from the first request's own effect.
 */
async function answerAgain(
  shared: Shared,
  { key, request }: Pick<KeptAnswer, 'key' | 'request'>,
  reply: FastifyReply,
  error: Error,
) {
  const first = await findAnswer(shared.db, key)
  if (!first) throw error
  if (first.request !== request) {
    throw refuse(
      'key-reused',
      {
        zh: '该幂等键已用于另一请求，请换用新的键。',
        en: 'This key was used for another request; choose a new one.',
      },
      { field: '/headers/idempotency-key' },
    )
  }
  return reply.code(first.status).header('idempotency-replayed', 'true').send(first.reply)
}

function askedOf<E extends Endpoint>(request: FastifyRequest, db: Db, now: Date): Asked<E> {
  for (const part of [request.params, request.query, request.body]) {
    const field = findBadText(part)
    if (field === null) continue
    throw refuse(
      'invalid-field',
      {
        zh: `字段 ${field} 含有空字符（NUL）或不完整的字符。`,
        en: `Field ${field} holds a NUL character or half a character.`,
      },
      { field },
    )
  }
  return {
    ctx: { db, actor: actorOf(request), now },
    // Validated against the schemas that these types are read from.
    params: request.params as ParamsOf<E>,
    query: request.query as QueryOf<E>,
    body: request.body as BodyOf<E>,
    etag: request.headers['if-none-match'],
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && KEY.test(key)) return key
  throw refuse(
    'invalid-field',
    {
      zh: '请求头 Idempotency-Key 应为 1 到 200 个可见 ASCII 字符。',
      en: 'Header Idempotency-Key must be 1 to 200 visible ASCII characters.',
    },
    { field: '/headers/idempotency-key' },
  )
}

function digestOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body)}`)
    .digest('hex')
}

function typeOf({ media = 'application/json' }: Endpoint): string {
  return media === 'application/octet-stream' ? media : `${media}; charset=utf-8`
}

function bytesOf(content: string | Uint8Array): string | Buffer {
  if (typeof content === 'string') return content
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}
