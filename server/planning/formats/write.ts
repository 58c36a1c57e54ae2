import { topology } from 'topojson-server'
import type { PlanFeature } from './features.ts'
import type { Format } from './format.ts'
import { writeGeopackage } from './geopackage.ts'
import { writeKml } from './kml.ts'
import { writeShapefile } from './shapewrite.ts'

export interface Exported {
  readonly bytes: Uint8Array
  /** With its dot. */
  readonly ending: string
}

const text = new TextEncoder()

/** The grids of a plan in a format, with the certificate inside. Equal plans make equal files. */
export async function writeLayer(
  format: Format,
  name: string,
  features: readonly PlanFeature[],
  certificate: object,
): Promise<Exported> {
  const proof = JSON.stringify(certificate, null, 2)
  const collection = { type: 'FeatureCollection' as const, name, certificate, features: [...features] }
  switch (format) {
    case 'geojson':
      return { bytes: text.encode(JSON.stringify(collection)), ending: '.geojson' }
    case 'topojson': {
      const made = { ...topology({ grids: collection as never }), certificate }
      return { bytes: text.encode(JSON.stringify(made)), ending: '.topojson' }
    }
    case 'shapefile':
      return { bytes: writeShapefile(features, proof), ending: '.shp.zip' }
    case 'geopackage':
      return { bytes: await writeGeopackage(features, proof), ending: '.gpkg' }
    case 'kml':
      return { bytes: writeKml(name, features, proof), ending: '.kml' }
  }
}
