import type { FastifyInstance } from 'fastify'
import { refuse } from './problems.ts'

/** No request of ours nests deeper; a parser's stack must not be the limit. */
const MAX_DEPTH = 20

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
]

/** What an upload may say it is; what it really is, the decoder finds out. */
export const FILES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
  'application/octet-stream',
]
const MAX_FILE = 12 * 1024 * 1024

/**
 * JSON, checked for what no field's schema can see: nesting and prototype keys. And the bytes of a file, for those
 * endpoints that take one.
 */
export function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    const raw = String(text)
    if (isTooDeep(raw)) return done(tooDeep())
    return parse(request, raw, (error, value) => {
      if (error) return done(brokenJson())
      return done(null, value)
    })
  })
  app.addContentTypeParser(FILES, { parseAs: 'buffer', bodyLimit: MAX_FILE }, (_request, bytes, done) =>
    done(null, bytes),
  )
}

/** Whether brackets outside strings nest deeper than allowed. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i)
    if (code === QUOTE) i = endOfString(json, i)
    else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--
    if (depth > MAX_DEPTH) return true
  }
  return false
}

/** Index of the quote that ends the string which begins at `start`, or the end of a text that has none. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end < 0 ? json.length : end
}

function isEscaped(json: string, at: number): boolean {
  let first = at
  while (json.charCodeAt(first - 1) === BACKSLASH) first--
  return (at - first) % 2 === 1
}

/**
 * JSON pointer to the first text that PostgreSQL cannot hold, because it has a NUL character or half of a surrogate pair;
 * null if there is none.
 */
export function findBadText(value: unknown, pointer = ''): string | null {
  if (typeof value === 'string') return isBad(value) ? pointer : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (isBad(key)) return pointer
    const found = findBadText(inner, `${pointer}/${key}`)
    if (found !== null) return found
  }
  return null
}

function isBad(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed()
}

function tooDeep() {
  return refuse(
    'broken-json',
    {
      zh: `请求内容嵌套超过 ${MAX_DEPTH} 层。`,
      en: `The body nests deeper than ${MAX_DEPTH} levels.`,
    },
    { field: '' },
  )
}

function brokenJson() {
  return refuse(
    'broken-json',
    { zh: '请求内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
    { field: '' },
  )
}
