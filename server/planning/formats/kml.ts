import { kml } from '@tmcw/togeojson'
import { DOMParser } from '@xmldom/xmldom'
import type { PlanFeature } from './features.ts'
import { decoded, FormatError, type Layer } from './format.ts'

/** KML, whose coordinates are WGS 84 by its standard; what was drawn over a shifted map is named by the person. */
export function readKml(bytes: Uint8Array): Layer {
  const { text, encoding } = decoded(bytes)
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new FormatError('KML 中不允许 DOCTYPE。', 'A DOCTYPE is not allowed in KML.')
  try {
    const parser = new DOMParser({ onError: refuseErrors })
    const made = kml(parser.parseFromString(text, 'text/xml') as never)
    return {
      format: 'kml',
      collection: { ...made, type: 'FeatureCollection' },
      named: null,
      namedAs: null,
      encoding,
    }
  } catch {
    throw new FormatError('文件不是有效的 KML。', 'The file is not valid KML.')
  }
}

function refuseErrors(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message)
}

/** One placemark for each grid; `note` is the certificate. */
export function writeKml(name: string, features: readonly PlanFeature[], note: string): Uint8Array {
  const marks = features.map(({ properties, geometry }) => {
    const data = Object.entries(properties).map(
      ([key, value]) => `<Data name="${escaped(key)}"><value>${escaped(String(value))}</value></Data>`,
    )
    const polygons = geometry.coordinates.map(([outer = [], ...holes]) => {
      const inner = holes.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`).join('')
      return `<Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${inner}</Polygon>`
    })
    return `<Placemark><name>${escaped(properties.name)}</name><ExtendedData>${data.join('')}</ExtendedData><MultiGeometry>${polygons.join('')}</MultiGeometry></Placemark>`
  })
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escaped(name)}</name><description>${escaped(note)}</description>
${marks.join('\n')}
</Document></kml>
`
  return new TextEncoder().encode(text)
}

function ring(points: readonly (readonly [number, number])[]): string {
  return `<LinearRing><coordinates>${points.map(([x, y]) => `${x},${y}`).join(' ')}</coordinates></LinearRing>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
