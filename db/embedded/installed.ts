import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** By walking up, since the packages do not export their package.json. */
export function folderOf(name: string): string {
  let folder = dirname(require.resolve(name))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '?'
}

export const versions = {
  pglite: versionOf('@electric-sql/pglite'),
  postgis: versionOf('@electric-sql/pglite-postgis'),
}

/** node_modules/.cache where it can be written, as in a checkout of one's own. */
export function cacheFolder(): string {
  const folder = join(folderOf('@electric-sql/pglite'), '..', '..', '.cache', 'wangge')
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
