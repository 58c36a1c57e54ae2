import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

const pglite = packageAround(require.resolve('@electric-sql/pglite'))
const postgis = packageAround(require.resolve('@electric-sql/pglite-postgis'))

/** By walking up, since the packages do not export their package.json. */
function packageAround(file: string): string {
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '?'
}

export const versions = { pglite: versionOf(pglite), postgis: versionOf(postgis) }

/** The stock bundle of PostGIS. */
export const postgisArchive = join(postgis, 'dist', 'postgis.tar.gz')

/** node_modules/.cache where it can be written, as in a checkout of one's own. */
export function cacheFolder(): string {
  const folder = join(pglite, '..', '..', '.cache', 'wangge')
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return folder
  } catch {
    const own = join(tmpdir(), `wangge-${userInfo().uid}`)
    mkdirSync(own, { recursive: true, mode: 0o700 })
    return own
  }
}
