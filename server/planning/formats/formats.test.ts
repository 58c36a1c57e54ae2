import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readDemo } from '#geo/demo/read'
import { checkBoundaries } from '#geo/gate'
import { tilingOf } from '#geo/gate-repair'
import { dissolve, multiPolygon } from '#geo/topology'
import type { PlanFeature } from './features.ts'
import { FORMATS, FormatError } from './format.ts'
import { readLayer } from './read.ts'
import { writeLayer } from './write.ts'

const demo = readDemo()
const shapes = dissolve(demo.fabric, demo.plan)
const features = demo.grids.map(({ code, name, nameEn, kind, community }): PlanFeature => ({
  type: 'Feature',
  properties: { code, name, name_en: nameEn, kind, community },
  geometry: multiPolygon(shapes.get(code) ?? []),
}))
const certificate = { grids: features.length, gaps: 0, overlaps: 0 }
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a plan in a file', () => {
  test.each(FORMATS)('%s comes back as the same grids, to the last digit', async (format) => {
    const { bytes } = await writeLayer(format, '示例方案', features, certificate)
    const layer = await readLayer(bytes)
    expect(layer.format).toBe(format)
    const codeProperty = format === 'shapefile' ? 'CODE' : 'code'
    const checked = checkBoundaries(layer.collection, { codeProperty, crs: layer.named ?? '4490' })
    expect(checked.faults).toEqual([])
    const tiling = tilingOf(checked) ?? []
    const wanted = features.toSorted((a, b) => (a.properties.code < b.properties.code ? -1 : 1))
    expect(tiling.map(({ code }) => code)).toEqual(wanted.map(({ properties }) => properties.code))
    expect(tiling.map(({ polygons }) => ringsOf(multiPolygon(polygons).coordinates))).toEqual(
      wanted.map(({ geometry }) => ringsOf(geometry.coordinates)),
    )
    const names = tiling.map(({ properties }) => properties['name'] ?? properties['NAME'])
    expect(names).toEqual(wanted.map(({ properties }) => properties.name))
  })

  test.each(FORMATS)('%s is the same file for the same plan, and carries its certificate', async (format) => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => writeLayer(format, '示例方案', features, certificate)),
    )
    expect(Buffer.from(one?.bytes ?? []).equals(Buffer.from(two?.bytes ?? []))).toBe(true)
    const inside = format === 'shapefile' ? 'certificate.json' : 'overlaps'
    expect(Buffer.from(one?.bytes ?? []).includes(inside)).toBe(true)
  })
})

/** Rings as sets of points: where a ring begins means nothing. */
function ringsOf(coordinates: readonly (readonly (readonly (readonly number[])[])[])[]): readonly string[] {
  return coordinates
    .flat()
    .map((ring) => ring.slice(1).map(String).toSorted().join(' '))
    .toSorted()
}

describe('texts of a shapefile', () => {
  const dbf = (bytes: readonly number[], page: number): Uint8Array => {
    const head = new Uint8Array(65)
    const view = new DataView(head.buffer)
    view.setUint8(0, 3)
    view.setUint32(4, 1, true)
    view.setUint16(8, 65, true)
    view.setUint16(10, 11, true)
    view.setUint8(29, page)
    head.set(bytesOf('NAME'), 32)
    view.setUint8(43, 67)
    view.setUint8(48, 10)
    head[64] = 13
    const row = new Uint8Array(12).fill(32)
    row.set(bytes, 1)
    row[11] = 0x1a
    return new Uint8Array([...head, ...row])
  }
  const GBK = [0xcd, 0xf8, 0xb8, 0xf1] // 网格
  const UTF8 = [...bytesOf('网格')]

  test.each<[string, number[], number, string | null]>([
    // what says so             bytes  page   .cpg
    ['the .cpg file', GBK, 0, 'GBK'],
    ['the .cpg file, by page', GBK, 0, '936'],
    ['the head of the .dbf', GBK, 0x4d, null],
    ['nothing: not UTF-8', GBK, 0, null],
    ['the .cpg file', UTF8, 0, 'UTF-8'],
    ['nothing: valid UTF-8', UTF8, 0, null],
  ])('%s', async (_, bytes, page, cpg) => {
    const { bytes: zip } = await writeLayer('shapefile', 'x', features.slice(0, 1), certificate)
    const { unpack } = await import('./archive.ts')
    const files = Object.fromEntries(unpack(zip))
    delete files['grids.cpg']
    const made = zipSync({
      ...files,
      'grids.dbf': dbf(bytes, page),
      ...(cpg && { 'grids.cpg': bytesOf(cpg) }),
    })
    const { collection } = await readLayer(made)
    expect(collection.features).toMatchObject([{ properties: { NAME: '网格' } }])
  })
})

/** Ten megabytes that say they are a hundred bytes. */
function lyingBomb(): Uint8Array {
  const zip = zipSync({ 'a.geojson': new Uint8Array(10e6) }, { level: 9 })
  const view = new DataView(zip.buffer)
  for (let i = 0; i + 4 < zip.length; i++) {
    const signature = view.getUint32(i, true)
    if (signature === 0x04034b50) view.setUint32(i + 22, 100, true)
    if (signature === 0x02014b50) view.setUint32(i + 24, 100, true)
  }
  return zip
}

describe('what is no boundary file says why', () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    ['an empty file', () => new Uint8Array(0), /empty/],
    ['a picture', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /Not a file that is known/],
    ['broken JSON', () => bytesOf('{"type": "Feature'), /not valid JSON/],
    ['an archive cut off', () => zipSync({ 'a.shp': new Uint8Array(10) }).subarray(0, 40), /damaged/],
    ['an archive of other things', () => zipSync({ 'a.txt': bytesOf('x') }), /no single boundary file/],
    ['a shapefile without its table', () => zipSync({ 'a.shp': new Uint8Array(100) }), /\.dbf/],
    [
      'two shapefiles',
      () => zipSync({ 'a.shp': new Uint8Array(1), 'b.shp': new Uint8Array(1) }),
      /one \.shp/,
    ],
    [
      'a shapefile of noise',
      () => zipSync({ 'a.shp': new Uint8Array(200), 'a.dbf': new Uint8Array(9) }),
      /damaged/,
    ],
    ['SQLite that is no GeoPackage', () => bytesOf(`SQLite format 3\0${'x'.repeat(200)}`), /damaged/],
    [
      'KML with entities',
      () => bytesOf('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><kml/>'),
      /DOCTYPE/,
    ],
    ['KML that ends too early', () => bytesOf('<?xml version="1.0"?><kml><Document>'), /not valid KML/],
    ['a bomb', () => zipSync({ 'a.geojson': new Uint8Array(70e6) }, { level: 9 }), /too large/],
    ['a bomb that lies gets no more room than it said', lyingBomb, /Not a file that is known/],
    [
      'a thousand files',
      () => zipSync(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}.json`, bytesOf('{}')]))),
      /too large/,
    ],
  ])('%s', async (_, make, why) => {
    await expect(readLayer(make())).rejects.toThrow(FormatError)
    await expect(readLayer(make())).rejects.toThrow(why)
  })
})
