import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { cacheFolder, postgisArchive, versions } from './installed.ts'

const BLOCK = 512

/**
 * PGlite compiles every module of an extension's bundle at each start, and the stock one holds three of 16 MB. Kept are
 * PostGIS proper and the projections: 900 → 570 MB of memory, 6 → 4 s of processor time for a start.
 */
const isNeeded = (path: string) =>
  path === 'lib/postgresql/postgis-3.so' ||
  path.startsWith('share/proj/') ||
  path.endsWith('/postgis.control') ||
  /\/postgis--[\d.]+\.sql$/.test(path)

/** Makes the slim bundle once and answers its address. */
export function postgisBundle(): string {
  const file = join(cacheFolder(), `postgis-${versions.postgis}.tar.gz`)
  if (!existsSync(file)) {
    const tar = gunzipSync(readFileSync(postgisArchive))
    const unfinished = `${file}.${process.pid}`
    writeFileSync(unfinished, gzipSync(keep(tar, isNeeded), { level: 1 }), { flush: true })
    renameSync(unfinished, file)
  }
  return pathToFileURL(file).href
}

/** The entries of a tar archive whose path passes the test: each a header block and its content, padded to a block. */
export function keep(tar: Uint8Array, passes: (path: string) => boolean): Uint8Array {
  const kept: Uint8Array[] = []
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + BLOCK)
    const size = Number.parseInt(field(header, 124, 12), 8)
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const prefix = field(header, 345, 155)
    const name = field(header, 0, 100)
    if (passes(prefix === '' ? name : `${prefix}/${name}`)) kept.push(tar.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, new Uint8Array(2 * BLOCK)])
}

function field(header: Uint8Array, at: number, length: number): string {
  const bytes = header.subarray(at, at + length)
  const end = bytes.indexOf(0)
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end))
    .toString('utf8')
    .trim()
}
