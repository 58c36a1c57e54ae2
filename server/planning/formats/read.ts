import { isArchive, unpack } from './archive.ts'
import { FormatError, type Layer } from './format.ts'
import { isGeopackage, readGeopackage } from './geopackage.ts'
import { readJson } from './json.ts'
import { readKml } from './kml.ts'
import { readShapefile } from './shapefile.ts'

/** Reads a file by what it is, not by its name: an archive with a shapefile, KMZ or one JSON in it, a GeoPackage, KML, or JSON. @throws FormatError */
export async function readLayer(bytes: Uint8Array): Promise<Layer> {
  if (bytes.length === 0) throw new FormatError('文件是空的。', 'The file is empty.')
  if (isGeopackage(bytes)) return readGeopackage(bytes)
  if (!isArchive(bytes)) return readText(bytes)
  const files = unpack(bytes)
  const names = [...files.keys()]
  if (names.some((name) => name.endsWith('.shp'))) return readShapefile(files)
  const inner = names.filter(
    (name) => /\.(kml|geojson|topojson|json|gpkg)$/.test(name) && name !== 'certificate.json',
  )
  const only = inner.length === 1 ? files.get(inner[0] ?? '') : undefined
  if (only === undefined)
    throw new FormatError(
      '压缩包中没有可识别的边界文件（.shp、.kml、.geojson、.gpkg）。',
      'The archive holds no single boundary file that is known (.shp, .kml, .geojson, .gpkg).',
    )
  return isGeopackage(only) ? readGeopackage(only) : readText(only)
}

function readText(bytes: Uint8Array): Layer {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart()
  if (/^<(\?xml|kml)/i.test(start)) return readKml(bytes)
  if (/^[{[]/.test(start)) return readJson(bytes)
  throw new FormatError(
    '无法识别的文件：支持 GeoJSON、TopoJSON、Shapefile（zip）、GeoPackage、KML/KMZ。',
    'Not a file that is known: GeoJSON, TopoJSON, Shapefile (zip), GeoPackage, KML/KMZ are read.',
  )
}
