import { gzipSync } from 'node:zlib'
import { decodeColumns } from '#geo/columns'
import type { Field } from './intake.ts'
import { median, print } from './ratio.ts'

/** (e) A year of events as binary columns against the same events as GeoJSON: bytes on the wire and time to decode. */
export async function benchPoints({ url, door }: Field): Promise<void> {
  const reply = await fetch(`${url}/api/events/points`, {
    headers: { ...door, 'accept-encoding': 'identity' },
  })
  const columns = await reply.arrayBuffer()
  const decoded = decodeColumns(columns.slice(0))
  const geojson = JSON.stringify({
    type: 'FeatureCollection',
    features: Array.from({ length: decoded.count }, (_, i) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [decoded.positions[2 * i], decoded.positions[2 * i + 1]] },
      properties: {
        id: decoded.id[i],
        reportedAt: new Date((decoded.t[i] ?? 0) * 1000).toISOString(),
        category: decoded.categories[decoded.category[i] ?? 0],
        status: decoded.statuses[decoded.status[i] ?? 0],
        source: decoded.sources[decoded.source[i] ?? 0],
        gridId: decoded.gridId[i],
      },
    })),
  })
  const [ours, theirs] = [timed(() => decodeColumns(columns.slice(0))), timed(() => JSON.parse(geojson))]
  const kb = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
  print({
    name: `(e) ${decoded.count} points, columns / GeoJSON`,
    text:
      `${kb(columns.byteLength)} / ${kb(geojson.length)}, gzip ${kb(gzipSync(new Uint8Array(columns)).length)} / ` +
      `${kb(gzipSync(geojson).length)}, decoded in ${ours.toFixed(2)} / ${theirs.toFixed(2)} ms`,
    met: undefined,
  })
}

function timed(decode: () => unknown): number {
  const times = Array.from({ length: 11 }, () => {
    const start = performance.now()
    decode()
    return performance.now() - start
  })
  return median(times)
}
