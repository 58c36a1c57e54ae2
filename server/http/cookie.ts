import type { IncomingHttpHeaders } from 'node:http'
import cookies from '@fastify/cookie'

const PLAIN = 'wangge'
/** Browsers take this name only over TLS, from the host itself and for all of its paths: no neighbour can plant one. */
const SECURE = '__Host-wangge'

/** 32 random bytes in base64url. */
const TOKEN = /^[\w-]{43}$/

/** The session's token as the request brings it; where only TLS is spoken, the plain name counts for nothing. */
export function tokenOf({ cookie }: IncomingHttpHeaders, secure: boolean): string | null {
  if (cookie === undefined) return null
  const jar = cookies.parse(cookie)
  const token = jar[SECURE] ?? (secure ? undefined : jar[PLAIN])
  return token !== undefined && TOKEN.test(token) ? token : null
}

/** Header by which a browser keeps the token for so long; none of it makes the browser forget. */
export function cookieOf(
  token: string | null,
  { secure, maxAgeS }: { secure: boolean; maxAgeS: number },
): string {
  return cookies.serialize(secure ? SECURE : PLAIN, token ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: token === null ? 0 : maxAgeS,
  })
}
