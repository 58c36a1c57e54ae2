import { isIP } from 'node:net'
import { join, resolve } from 'node:path'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** Where pictures lie; several processes on one database share it. */
  readonly filesDir: string
  /** 审图号, printed on the map. */
  readonly mapApproval: string | null
  /** Whether the buttons of the demo let people in; null leaves it to the database: the embedded one is for trying out. */
  readonly demo: boolean | null
  /** Only TLS is spoken, by a proxy in front: the session's cookie is given and taken under its secure name alone. */
  readonly secure: boolean
  /** Addresses or networks of proxies whose word on the caller's address and on TLS counts. */
  readonly trustProxy: readonly string[]
  /** With which the names of disputes are encrypted; null takes the one in `keyFile`. */
  readonly key: string | null
  /** Null beside a database of its own, unless named: a key made in passing would be lost with this machine. */
  readonly keyFile: string | null
}

/** A setting that cannot be used; the message names it in both languages. */
export class ConfigError extends Error {}

/** Reads the settings from the environment; throws a ConfigError for the first that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const dataDir = resolve(given(env['DATA_DIR']) ?? 'data')
  const keyFile =
    given(env['KEY_FILE']) ?? (given(env['DATABASE_URL']) === null ? join(dataDir, 'key') : null)
  return {
    host: host(env['HOST']),
    port: port(env['PORT']),
    dataDir,
    databaseUrl: databaseUrl(env['DATABASE_URL']),
    filesDir: resolve(given(env['FILES_DIR']) ?? join(dataDir, 'files')),
    mapApproval: given(env['MAP_APPROVAL']),
    demo: flag('DEMO', env['DEMO']),
    secure: flag('SECURE', env['SECURE']) ?? false,
    trustProxy: proxies(env['TRUST_PROXY']),
    key: given(env['WANGGE_KEY']),
    keyFile: keyFile === null ? null : resolve(keyFile),
  }
}

function flag(name: string, value: string | undefined): boolean | null {
  const text = given(value)
  if (text === null) return null
  if (text === '1' || text === '0') return text === '1'
  throw wrong(name, text, '应为 0 或 1', 'must be 0 or 1')
}

/** Never everybody: who may name the caller's address may also name another one each time that a password fails. */
function proxies(value: string | undefined): readonly string[] {
  const list = (given(value) ?? '').split(',').flatMap((part) => given(part) ?? [])
  const bad = list.find((part) => !isNetwork(part))
  if (bad === undefined) return list
  throw wrong(
    'TRUST_PROXY',
    bad,
    '应为以逗号分隔的 IP 地址或网段',
    'must be IP addresses or networks, with commas between them',
  )
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  if (isIP(address) === 0 || more.length > 0) return false
  if (bits === undefined) return true
  return /^[0-9]{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (isIP(address) === 4 ? 32 : 128)
}

function given(value: string | undefined): string | null {
  const text = value?.trim() ?? ''
  return text === '' ? null : text
}

function host(value: string | undefined): string {
  const text = given(value) ?? '127.0.0.1'
  if (/^[a-z0-9.:-]+$/i.test(text)) return text
  throw wrong('HOST', text, '应为主机名或 IP 地址', 'must be a host name or an IP address')
}

function port(value: string | undefined): number {
  const text = given(value) ?? '8080'
  const number = Number(text)
  if (/^[0-9]+$/.test(text) && number <= 65_535) return number
  throw wrong('PORT', text, '应为 0 到 65535 的整数', 'must be a whole number from 0 to 65535')
}

function databaseUrl(value: string | undefined): string | null {
  const text = given(value)
  if (text === null) return null
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text
  // The value may hold a password, so that it is not repeated.
  throw wrong(
    'DATABASE_URL',
    '…',
    '应为 postgres:// 开头的地址',
    'must be an address that begins with postgres://',
  )
}

function wrong(name: string, value: string, zh: string, en: string): ConfigError {
  return new ConfigError(`${name}=${value}: ${zh} (${en})`)
}
