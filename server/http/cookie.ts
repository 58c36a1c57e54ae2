import type { IncomingHttpHeaders } from 'node:http'

const PLAIN = 'wangge'
/** Browsers take this name only over TLS, from the host itself and for all of its paths: no neighbour can plant one. */
const SECURE = '__Host-wangge'

/** 32 random bytes in base64url, which needs no quoting. */
const TOKEN = /^[\w-]{43}$/

/** The session's token as the request brings it; where only TLS is spoken, the plain name counts for nothing. */
export function tokenOf({ cookie = '' }: IncomingHttpHeaders, secure: boolean): string | null {
  const token = valueOf(cookie, SECURE) ?? (secure ? null : valueOf(cookie, PLAIN))
  return token !== null && TOKEN.test(token) ? token : null
}

/** Of several with one name the first, which is that of the narrowest path. */
function valueOf(header: string, name: string): string | null {
  const pair = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? null
}

/** Header by which a browser keeps the token for so long; none of it makes the browser forget. */
export function cookieOf(
  token: string | null,
  { secure, maxAgeS }: { readonly secure: boolean; readonly maxAgeS: number },
): string {
  const value = token === null ? `; Max-Age=0` : `${token}; Max-Age=${maxAgeS}`
  const name = secure ? SECURE : PLAIN
  return `${name}=${value}; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`
}
