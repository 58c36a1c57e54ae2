import type { FastifyBaseLogger } from 'fastify'
import type { Problem } from './contract.ts'
import { problemOf, Refusal } from './problems.ts'

/** Turns whatever was thrown into the problem that the caller sees; what is our fault is logged. */
export function problemFor(error: unknown, log: FastifyBaseLogger, route: string): Problem {
  if (error instanceof Refusal) return error.problem
  const known = KNOWN[codeOf(error)]
  if (known) return known()
  if (isTooGreat(error)) return tooGreat()
  const status = statusOf(error)
  if (status >= 400 && status < 500) return { ...malformed(), status }
  const lost = isDatabaseLost(error)
  log.error({ route, lost, ...traceOf(error) }, 'request failed')
  if (lost) {
    return problemOf('database-away', {
      zh: '数据库暂时不可用，请稍后重试；本次请求没有生效。',
      en: 'The database is away. Nothing of this request was done as far as we know; try again.',
    })
  }
  return problemOf('internal', {
    zh: '服务器内部出错，已记录；本次请求没有生效。',
    en: 'The server failed and has noted it. Nothing of this request was done.',
  })
}

/** Fastify's own refusals in our words. */
const KNOWN: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    problemOf('too-large', { zh: '请求内容超过 5 MB。', en: 'The body exceeds 5 MB.' }, { field: '' }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    problemOf(
      'wrong-media',
      { zh: '请求内容应为 application/json。', en: 'The body must be application/json.' },
      { field: '' },
    ),
  FST_ERR_CTP_EMPTY_JSON_BODY: () =>
    problemOf('broken-json', { zh: '请求内容为空。', en: 'The body is empty.' }, { field: '' }),
  FST_ERR_BAD_URL: malformed,
}

function malformed(): Problem {
  return problemOf(
    'invalid-field',
    { zh: '请求格式不正确。', en: 'The request is malformed.' },
    { field: '' },
  )
}

/** A number that no column holds names nothing, and is the caller's. */
function isTooGreat(error: unknown): boolean {
  return [...chain(error)].some((link) => codeOf(link) === '22003')
}

function tooGreat(): Problem {
  return problemOf(
    'invalid-field',
    { zh: '有数字超出了允许的范围。', en: 'A number is out of range.' },
    { field: '' },
  )
}

/** Connection errors, shutdown, too many connections, disk full, and a server that cannot take writes now. */
const LOST =
  /^(08|53|57P|58|25006|25P03|57014|40001|40P01|ECONN|EPIPE|ENOENT$|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_)/
const LOST_WORDS =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|connection timeout|query read timeout|cannot use a pool after/i

export function isDatabaseLost(error: unknown): boolean {
  for (const link of chain(error)) {
    if (LOST.test(codeOf(link)) || LOST_WORDS.test(link.message)) return true
    if (link.name === 'DatabaseRefusal') return true
  }
  return false
}

function* chain(error: unknown): Generator<Error> {
  for (let link = error; link instanceof Error; link = link.cause) yield link
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : 500
}

/** Names, codes and places in the program; never messages, since those of the database repeat what people wrote. */
function traceOf(error: unknown) {
  return {
    errors: [...chain(error)].map((link) => ({
      name: link.name,
      code: codeOf(link),
      constraint: 'constraint' in link ? link.constraint : undefined,
      at: link.stack
        ?.split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 8),
    })),
  }
}
