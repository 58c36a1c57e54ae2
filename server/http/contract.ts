import { Type, type Static, type TObject, type TSchema } from 'typebox'

/** A row's number, positive and safe in JSON. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** RFC 3339 instant with offset or Z. */
export const Instant = Type.String({ format: 'date-time' })

/** [lng, lat] in WGS 84 / CGCS2000 degrees. */
export const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })

/** Two languages of one sentence or name. */
export const Words = Type.Object({ zh: Type.String(), en: Type.String() })
export type Words = Static<typeof Words>

/** RFC 9457 problem; `title` and `detail` are Chinese, `en` is the same in English, `field` a JSON pointer into the request. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  en: Type.Object({ title: Type.String(), detail: Type.String() }),
  field: Type.Optional(Type.String()),
  /** Anything that the caller may choose from, such as the addresses that an ambiguous text could mean. */
  choices: Type.Optional(Type.Array(Type.Unknown())),
})
export type Problem = Static<typeof Problem>

export interface Shape {
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TSchema
  readonly reply: TSchema
}

/**
 * One endpoint, used three times: the server mounts it, the client calls it, OpenAPI prints it.
 * `media` other than JSON is answered as bytes and described only.
 */
export interface Endpoint<S extends Shape = Shape> extends Info {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly shape: S
}

/**
 * What a caller must be allowed to do. `public` needs nobody, `signed-in` anybody; which roles have the others, and where,
 * says the one table in accounts/rules. An endpoint without one does not compile.
 */
export const POLICIES = [
  'public',
  'signed-in',
  'events.read',
  'events.count',
  'events.report',
  'events.move',
  'rules.read',
  'rules.write',
  'disputes.read',
  'disputes.write',
  'plans.read',
  'plans.write',
  'plans.approve',
  'accounts.manage',
  'audit.read',
] as const
export type Policy = (typeof POLICIES)[number]

export interface Info {
  readonly summary: string
  readonly policy: Policy
  readonly status?: 200 | 201
  readonly media?:
    | 'application/json'
    | 'application/geo+json'
    | 'application/octet-stream'
    | 'text/event-stream'
    | 'text/csv'
    | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    | 'image/webp'
  /** The body is the bytes of a file, of one of the types in `http/body`. */
  readonly upload?: true
  /** Its answer is for the moment only: an idempotency key keeps no copy of it. */
  readonly unkept?: true
  /** It reads behind the second wall: in a transaction under the role that row-level security binds. */
  readonly walled?: true
}

export function endpoint<const S extends Shape>(
  method: 'GET' | 'POST',
  path: string,
  shape: S,
  info: Info,
): Endpoint<S> {
  return { method, path, shape, ...info }
}

type Of<T> = T extends TSchema ? Static<T> : undefined
export type ParamsOf<E extends Endpoint> = Of<E['shape']['params']>
export type QueryOf<E extends Endpoint> = Of<E['shape']['query']>
export type BodyOf<E extends Endpoint> = Of<E['shape']['body']>
export type ReplyOf<E extends Endpoint> = Static<E['shape']['reply']>

export const readHealth = endpoint(
  'GET',
  '/health',
  {
    reply: Type.Object({
      ok: Type.Literal(true),
      database: Type.Object({
        kind: Type.Union([Type.Literal('embedded'), Type.Literal('postgres')]),
        version: Type.String(),
        postgis: Type.String(),
      }),
      /** The last one in the database and in the program; a server that runs has them equal. */
      migrations: Type.Object({ applied: Type.Integer(), known: Type.Integer() }),
      viewers: Type.Integer(),
    }),
  },
  { summary: 'Which database serves, its version, and the state of its migrations', policy: 'public' },
)
