import { resolve } from 'node:path'

export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** 审图号, printed on the map. */
  readonly mapApproval: string | null
}

/** A setting that cannot be used; the message names it in both languages. */
export class ConfigError extends Error {}

/** Reads the settings from the environment; throws a ConfigError for the first that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return {
    host: host(env['HOST']),
    port: port(env['PORT']),
    dataDir: resolve(given(env['DATA_DIR']) ?? 'data'),
    databaseUrl: databaseUrl(env['DATABASE_URL']),
    mapApproval: given(env['MAP_APPROVAL']),
  }
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
