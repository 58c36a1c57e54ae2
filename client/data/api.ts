import type { BodyOf, Endpoint, ParamsOf, Problem, QueryOf, ReplyOf, Shape } from '#contract/http'
import { heard } from './session.ts'

/** What a call must be given: exactly the parts that its endpoint has. */
export type Given<E extends Endpoint> = Part<'params', ParamsOf<E>> &
  Part<'query', QueryOf<E>> &
  Part<'body', BodyOf<E>> & {
    readonly idempotencyKey?: string
    readonly signal?: AbortSignal
  }
type Part<K extends string, T> = [T] extends [undefined] ? unknown : { readonly [P in K]: T }

/** A refused or failed call. `problem` carries the sentence in both languages; status 0 means that nobody answered. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.en.detail)
    this.name = 'Refusal'
    this.problem = problem
  }
  /** Nobody answered, or the server itself failed: the same call may succeed later. */
  get passing(): boolean {
    return this.problem.status === 0 || this.problem.status >= 500
  }
  sentence(language: string): string {
    return language === 'en' ? this.problem.en.detail : this.problem.detail
  }
}

export async function call<E extends Endpoint>(endpoint: E, given: Given<E>): Promise<ReplyOf<E>> {
  const reply = await send(endpoint, given)
  return (await reply.json()) as ReplyOf<E>
}

/** For endpoints that answer in bytes. */
export async function callBytes<E extends Endpoint>(endpoint: E, given: Given<E>): Promise<ArrayBuffer> {
  const reply = await send(endpoint, given)
  return reply.arrayBuffer()
}

/** For endpoints that take the bytes of a file. */
export async function callFile<E extends Endpoint>(
  endpoint: E,
  given: Given<E> & { readonly file: Blob },
): Promise<ReplyOf<E>> {
  const reply = await send(endpoint, given)
  return (await reply.json()) as ReplyOf<E>
}

interface Loose {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
  readonly file?: Blob
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

async function send(endpoint: Endpoint<Shape>, given: Loose): Promise<Response> {
  const headers: Record<string, string> = {}
  if (given.body !== undefined) headers['content-type'] = 'application/json'
  if (given.file) headers['content-type'] = 'application/octet-stream'
  if (given.idempotencyKey) headers['idempotency-key'] = given.idempotencyKey
  const init: RequestInit = { method: endpoint.method, headers }
  if (given.body !== undefined) init.body = JSON.stringify(given.body)
  if (given.file) init.body = given.file
  if (given.signal) init.signal = given.signal
  const reply = await fetch(address(endpoint, given), init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refusal(unanswered(0, String(error)))
  })
  if (reply.ok) {
    heard('given')
    return reply
  }
  const problem = await problemOf(reply)
  heard(problem)
  throw new Refusal(problem)
}

function address(
  endpoint: Endpoint,
  given: { params?: Record<string, unknown>; query?: Record<string, unknown> },
) {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(given.params?.[name])),
  )
  const query = searchOf(given.query ?? {})
  return query ? `${path}?${query}` : path
}

/** Arrays repeat their key; what is undefined is left out. */
export function searchOf(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) search.append(key, String(one))
    }
  }
  return search.toString()
}

async function problemOf(reply: Response): Promise<Problem> {
  const body: unknown = await reply.json().catch(() => null)
  return isProblem(body) ? body : unanswered(reply.status, reply.statusText)
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && 'en' in body && 'status' in body
}

/** A proxy's error page, or no answer at all: the console words it itself, by status. */
function unanswered(status: number, detail: string): Problem {
  return { type: 'about:blank', title: detail, status, detail, en: { title: detail, detail } }
}
