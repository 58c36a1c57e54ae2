import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '#db/open'
import { Problem, type BodyOf, type Endpoint, type ParamsOf, type QueryOf, type ReplyOf } from './contract.ts'
import { findBadText } from './body.ts'
import { refuse, Refusal } from './problems.ts'
import { Ready, sendReady } from './ready.ts'
import { serialSchema } from './serial.ts'
import type { Actor } from '../accounts/contract.ts'
import { admit, type Gate } from './session.ts'
import { behindWall, findAnswer, keepAnswer, type KeptAnswer } from './store.ts'

/**
 * What one request works with. In a write, and in a read behind the wall, `db` is its transaction. `now` is the only clock
 * reading of the request.
 */
export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  readonly now: Date
}

/** What the mounted routes share; decorates the instance as `app.shared`. */
interface Shared {
  readonly db: Db
  readonly gate: Gate
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
  interface FastifyRequest {
    actor: Actor
  }
}

interface Asked<E extends Endpoint> {
  readonly ctx: Ctx
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** Headers, the address that the connection comes from, and whether it came by TLS. */
  readonly from: { readonly headers: IncomingHttpHeaders; readonly address: string; readonly secure: boolean }
  /** Sets a header of the answer. */
  readonly answerWith: (name: string, value: string) => void
  /** The body of an upload. */
  readonly file: Buffer | null
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
   * by that statement itself, which saves the round trips of its beginning and end. Or by one that the handler opens for
   * itself, outside the wall: for what the role behind it must not touch, and for work that takes long before it writes,
   * such as hashing. Answers of the last kind are not kept under idempotency keys: the digest of a request with a password
   * in it would be a way to guess the password.
   */
  readonly write?: 'transaction' | 'one-statement' | 'own-transaction'
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
    // Before the body is read: who may not does not learn what is wrong with it.
    onRequest: async (request) => {
      request.actor = await admit(app.shared.gate, request.headers, endpoint.policy)
    },
    preValidation: async (request) => refuseOtherMedia(request, endpoint),
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
  const now = shared.clock()
  const { actor } = request
  const ask = (db: Db) => handler(askedOf<E>(request, reply, { db, actor, now }))
  const answer = await (endpoint.walled ? behindWall(shared.db, actor, ask) : ask(shared.db))
  return answer instanceof Ready
    ? sendReady(answer, endpoint, request, reply)
    : reply.header('cache-control', 'no-store').send(answer)
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
  const { actor } = request
  reply
    .code(endpoint.status ?? 200)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
  const compose = async (db: Db) => {
    const answer = await handler(askedOf<E>(request, reply, { db, actor, now }))
    return reply.serialize(answer as object) as string
  }
  const isKept = write !== 'own-transaction' && !endpoint.unkept
  const key = isKept ? keyOf(request) : null
  if (key !== null)
    return answerOnce(shared, { key, request: digestOf(request, actor) }, { actor, now, compose }, reply)
  const text = await (write === 'transaction' ? behindWall(shared.db, actor, compose) : compose(shared.db))
  shared.wrote()
  return reply.send(text)
}

/** The answer is kept under its key in the transaction of the write, so that a repeat gets it and changes nothing. */
async function answerOnce(
  shared: Shared,
  asked: Pick<KeptAnswer, 'key' | 'request'>,
  { actor, now, compose }: { actor: Actor; now: Date; compose: (db: Db) => Promise<string> },
  reply: FastifyReply,
) {
  try {
    const text = await behindWall(shared.db, actor, async (tx) => {
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

function askedOf<E extends Endpoint>(request: FastifyRequest, reply: FastifyReply, ctx: Ctx): Asked<E> {
  const file = Buffer.isBuffer(request.body) ? request.body : null
  for (const part of [request.params, request.query, ...(file ? [] : [request.body])]) {
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
    ctx,
    // Validated against the schemas that these types are read from.
    params: request.params as ParamsOf<E>,
    query: request.query as QueryOf<E>,
    body: request.body as BodyOf<E>,
    file,
    from: { headers: request.headers, address: request.ip, secure: request.protocol === 'https' },
    answerWith: (name, value) => void reply.header(name, value),
    etag: request.headers['if-none-match'],
  }
}

/** An upload is bytes, everything else JSON. */
function refuseOtherMedia({ body }: FastifyRequest, { upload = false }: { readonly upload?: boolean }): void {
  if (Buffer.isBuffer(body) === upload) return
  throw refuse(
    'wrong-media',
    upload
      ? { zh: '请上传图片文件。', en: 'Send the bytes of a picture.' }
      : { zh: '这个地址只接受 JSON。', en: 'JSON is expected here.' },
  )
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

/** Of the same person's same request: another's key is not an answer to be had. */
function digestOf(request: FastifyRequest, actor: Actor): string {
  const body = Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body)
  return createHash('sha256')
    .update(`${actor.id} ${request.method} ${request.url}\n`)
    .update(body ?? '')
    .digest('hex')
}
