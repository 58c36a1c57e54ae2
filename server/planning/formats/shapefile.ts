import { parseDbf, parseShp } from 'shpjs'
import { isObject, ringsOf } from '#geo/gate-json'
import { FormatError, type Layer } from './format.ts'
import { crsOfWkt } from './wkt.ts'

/** A shapefile out of its archive. Its texts are GBK or UTF-8: what .cpg or the head of the .dbf says, else what they can be read as. */
export function readShapefile(files: ReadonlyMap<string, Uint8Array>): Layer {
  const names = [...files.keys()].filter((name) => name.endsWith('.shp'))
  const [name] = names
  if (name === undefined || names.length > 1)
    throw new FormatError(
      `压缩包中应有一个 .shp 文件，实有 ${names.length} 个。`,
      `The archive must hold one .shp file, but holds ${names.length}.`,
    )
  const part = (ending: string): Uint8Array | undefined => files.get(name.slice(0, -3) + ending)
  const [shp, dbf, prj, cpg] = [part('shp'), part('dbf'), part('prj'), part('cpg')]
  if (shp === undefined || dbf === undefined)
    throw new FormatError(
      '缺少 .dbf 文件：没有它就没有网格编码。',
      'The .dbf file is missing, and with it the codes of the grids.',
    )
  const encoding = encodingOf(dbf, cpg)
  const wkt = prj === undefined ? null : new TextDecoder().decode(prj)
  try {
    const shapes: readonly unknown[] = parseShp(view(shp))
    const rows = parseDbf(view(dbf), new TextEncoder().encode(encoding))
    return {
      format: 'shapefile',
      collection: {
        type: 'FeatureCollection',
        features: shapes.map((geometry, i) => ({
          type: 'Feature',
          geometry: turned(geometry),
          properties: rows[i] ?? {},
        })),
      },
      named: wkt === null ? null : crsOfWkt(wkt),
      namedAs: wkt && (/"([^"]+)"/.exec(wkt)?.[1] ?? wkt).slice(0, 80),
      encoding,
    }
  } catch {
    throw new FormatError('shapefile 已损坏，无法读取。', 'The shapefile is damaged and cannot be read.')
  }
}

/** Rings of a shapefile run against those of GeoJSON. */
function turned(geometry: unknown): unknown {
  if (!isObject(geometry)) return geometry
  for (const ring of ringsOf({ geometry })) (ring as unknown[]).reverse()
  return geometry
}

/** A copy, so that no offset into the archive is left. */
function view(bytes: Uint8Array): DataView {
  return new DataView(Uint8Array.from(bytes).buffer)
}

/** Code pages of the head of a .dbf that are Chinese: 936, in its two numbers. */
const CHINESE_PAGES = [0x4d, 0x7a]

function encodingOf(dbf: Uint8Array, cpg: Uint8Array | undefined): Layer['encoding'] {
  const named = cpg === undefined ? '' : new TextDecoder().decode(cpg).trim().toLowerCase()
  if (/utf-?8|65001/.test(named)) return 'utf-8'
  if (/gb|936/.test(named) || CHINESE_PAGES.includes(dbf[29] ?? 0)) return 'gb18030'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(dbf.subarray(32))
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}
