import type { Crs } from '#geo/crs'
import type { Words } from '../../http/contract.ts'

/** Formats of boundary files, both ways. */
export const FORMATS = ['geojson', 'topojson', 'shapefile', 'geopackage', 'kml'] as const
export type Format = (typeof FORMATS)[number]

/** What a file holds, whatever its format: GeoJSON as the gate takes it, with the numbers as they stand in the file. */
export interface Layer {
  readonly format: Format
  readonly collection: {
    readonly type: 'FeatureCollection'
    readonly features: readonly unknown[]
    /** The member of the old GeoJSON, in which files still say what they are in. */
    readonly crs?: unknown
  }
  /** What the file says that it is in; null where it says nothing, or what is not known. */
  readonly named: Crs | null
  /** The name or text by which it says so, for the sentence. */
  readonly namedAs: string | null
  /** How its texts are written. */
  readonly encoding: 'utf-8' | 'gb18030'
}

/** Why a file cannot be read at all; an expected answer. */
export class FormatError extends Error {
  readonly words: Words

  constructor(zh: string, en: string) {
    super(en)
    this.name = 'FormatError'
    this.words = { zh, en }
  }
}

/** Text in UTF-8 as the standards want it, or in GB 18030, which older Chinese programs write. */
export function decoded(bytes: Uint8Array): { readonly text: string; readonly encoding: Layer['encoding'] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'gb18030' }
  }
}
