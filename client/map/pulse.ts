import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import type { Position } from '#geo/geojson'

const ID = 'pulse'
const LASTS_MS = 1600

/** One ring that opens around each position and fades: something new is here. The scene does not know of it. */
export function pulse(map: MapLibre, positions: readonly Position[], color: string): () => void {
  const data = { type: 'MultiPoint' as const, coordinates: positions.map((p) => [...p]) }
  const known = map.getSource<GeoJSONSource>(ID)
  if (known) void known.setData(data)
  else map.addSource(ID, { type: 'geojson', data })
  if (!map.getLayer(ID)) map.addLayer({ id: ID, type: 'circle', source: ID, paint: { 'circle-opacity': 0 } })
  map.setPaintProperty(ID, 'circle-stroke-color', color)
  map.setPaintProperty(ID, 'circle-radius-transition', { duration: 0 })
  map.setPaintProperty(ID, 'circle-stroke-opacity-transition', { duration: 0 })
  map.setPaintProperty(ID, 'circle-stroke-width', 3)
  const started = performance.now()
  let frame = requestAnimationFrame(draw)

  function draw(now: number): void {
    const share = Math.min(1, (now - started) / LASTS_MS)
    const eased = 1 - (1 - share) ** 3
    map.setPaintProperty(ID, 'circle-radius', 8 + 30 * eased)
    map.setPaintProperty(ID, 'circle-stroke-opacity', 1 - share)
    if (share < 1) frame = requestAnimationFrame(draw)
    else stop()
  }

  function stop(): void {
    cancelAnimationFrame(frame)
    if (map.getLayer(ID)) map.removeLayer(ID)
    if (map.getSource(ID)) map.removeSource(ID)
  }
  return stop
}
