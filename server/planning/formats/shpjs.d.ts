/** The two parts of shpjs that are used here; it brings no types of its own. */
declare module 'shpjs' {
  /** Geometries of a .shp, in its own numbers. */
  export function parseShp(shp: DataView): unknown[]
  /** Rows of a .dbf; `cpg` holds the name of the encoding. */
  export function parseDbf(dbf: DataView, cpg: Uint8Array): Record<string, unknown>[]
}
