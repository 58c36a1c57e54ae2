import type { Crs } from '#geo/crs'

/** What the text of a .prj file means, as programs write it: by the code that it carries, or by datum, meridian and easting. */
export function crsOfWkt(wkt: string): Crs | null {
  const text = wkt.replaceAll(/\s+/g, '').toUpperCase()
  const isChinese = /CGCS_?2000|CHINA_GEODETIC|CHINA2000|CHINAGEODETIC/.test(text)
  if (!/^PROJC(S|RS)\[/.test(text)) {
    if (isChinese) return '4490'
    return /WGS_?(19)?84/.test(text) ? '4326' : null
  }
  if (!isChinese || !/TRANSVERSE_?MERCATOR|GAUSS_?KRUGER/.test(text)) return null
  const meridian = parameter(text, 'CENTRAL_MERIDIAN') ?? parameter(text, 'LONGITUDEOFNATURALORIGIN')
  const easting = parameter(text, 'FALSE_EASTING') ?? parameter(text, 'FALSEEASTING')
  return ZONES.find((zone) => zone.meridian === meridian && zone.easting === easting)?.crs ?? null
}

const ZONES: readonly { readonly crs: Crs; readonly meridian: number; readonly easting: number }[] = [
  { crs: '4526', meridian: 114, easting: 38_500_000 },
  { crs: '4527', meridian: 117, easting: 39_500_000 },
  { crs: '4528', meridian: 120, easting: 40_500_000 },
  { crs: '4547', meridian: 114, easting: 500_000 },
  { crs: '4548', meridian: 117, easting: 500_000 },
  { crs: '4549', meridian: 120, easting: 500_000 },
]

function parameter(text: string, name: string): number | null {
  const found = new RegExp(`"${name}",(-?[0-9.]+)`).exec(text)?.[1]
  return found === undefined ? null : Number(found)
}

/** The text of a .prj file for what is exported: CGCS2000 degrees. */
export const CGCS2000_WKT =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
