import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../http/problems.ts'
import { encode } from './actions/picture.ts'
import { exifOf, hugePng } from './testing.ts'

const PAYLOAD = '<script>alert(document.domain)</script>'

/** Left half red, right half blue, so that turns show. */
async function halves(width: number, height: number) {
  const blue = await sharp({ create: { width: width / 2, height, channels: 3, background: '#00f' } })
    .png()
    .toBuffer()
  return sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
    { input: blue, left: width / 2, top: 0 },
  ])
}

async function refusalOf(bytes: Buffer) {
  try {
    await encode(bytes)
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
  return null
}

let jpeg: Buffer
beforeAll(async () => {
  jpeg = await (await halves(400, 200)).jpeg({ quality: 95 }).toBuffer()
})

describe('taken', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s', async (format) => {
    const bytes = await (await halves(400, 200)).toFormat(format).toBuffer()
    expect(await encode(bytes)).toMatchObject({ width: 400, height: 200 })
  })

  test.each([
    // orientation, upright size, corner that is red
    [1, 400, 200, [10, 10]],
    [2, 400, 200, [390, 10]],
    [3, 400, 200, [390, 10]],
    [4, 400, 200, [10, 10]],
    [5, 200, 400, [10, 10]],
    [6, 200, 400, [10, 10]],
    [7, 200, 400, [10, 390]],
    [8, 200, 400, [10, 390]],
  ] as const)('orientation %d stands upright', async (orientation, width, height, [left, top]) => {
    const { full, ...size } = await encode(await sharp(jpeg).withMetadata({ orientation }).jpeg().toBuffer())
    expect(size).toMatchObject({ width, height })
    const { data } = await sharp(full)
      .extract({ left, top, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([(data[0] ?? 0) > 150, (data[2] ?? 255) < 100]).toEqual([true, true])
    expect((await sharp(full).metadata()).orientation).toBe(undefined)
  })

  test('CMYK becomes RGB', async () => {
    const cmyk = await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk')
    const { full } = await encode(cmyk)
    expect(await sharp(full).metadata()).toMatchObject({ format: 'webp', space: 'srgb', channels: 3 })
  })

  test('of an animation the first frame', async () => {
    const frames = await Promise.all(
      ['#f00', '#0f0', '#00f'].map((background) =>
        sharp({ create: { width: 50, height: 50, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const animated = await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0, delay: [100, 100, 100] })
      .toBuffer()
    expect((await sharp(animated).metadata()).pages).toBe(3)
    const { full, ...size } = await encode(animated)
    expect(size).toMatchObject({ width: 50, height: 50 })
    expect((await sharp(full).metadata()).pages).toBe(undefined)
  })

  test('large ones are made small, small ones stay', async () => {
    const large = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: '#888' } })
      .jpeg()
      .toBuffer()
    const { thumb, ...size } = await encode(large)
    expect(size).toMatchObject({ width: 1600, height: 1067 })
    expect(await sharp(thumb).metadata()).toMatchObject({ width: 320, height: 213 })
    const small = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#888' } })
      .png()
      .toBuffer()
    expect(await encode(small)).toMatchObject({ width: 3, height: 2 })
  })
})

describe('taken, and cleaned', () => {
  test('time and place are read and then gone, with everything else that the camera said', async () => {
    const exif = Buffer.from(exifOf({ takenAt: '2026:03:06 08:30:00', lng: 119.93, lat: 32.45, mark: true }))
    const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff])
    const { full, thumb, camera } = await encode(
      Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]),
    )
    expect(camera.takenAt).toEqual(new Date('2026-03-06T08:30:00+08:00'))
    expect(camera.position?.[0]).toBeCloseTo(119.93, 4)
    for (const bytes of [full, thumb]) {
      expect(bytes.includes('2026:03:06')).toBe(false)
      const { exif: left, icc, xmp, iptc } = await sharp(bytes).metadata()
      expect([left, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined])
    }
  })

  test.each([
    ['behind the picture', () => Buffer.concat([jpeg, Buffer.from(PAYLOAD)])],
    ['in a comment', () => Buffer.concat([jpeg.subarray(0, 2), comment(PAYLOAD), jpeg.subarray(2)])],
    ['a whole archive behind it', () => Buffer.concat([jpeg, Buffer.from(`PK\u0003\u0004${PAYLOAD}`)])],
  ])('what else it carries is gone: %s', async (_name, make) => {
    const { full, thumb } = await encode(make())
    expect([full.includes('script'), thumb.includes('script')]).toEqual([false, false])
  })

  test('XMP with a script in it', async () => {
    const bytes = await sharp(jpeg)
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${PAYLOAD}</x:xmpmeta>`)
      .jpeg()
      .toBuffer()
    expect(bytes.includes('script')).toBe(true)
    const { full } = await encode(bytes)
    expect(full.includes('script')).toBe(false)
  })
})

function comment(text: string): Buffer {
  const length = text.length + 2
  return Buffer.concat([Buffer.from([0xff, 0xfe, length >> 8, length & 0xff]), Buffer.from(text)])
}

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>`
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const HEIC = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic'),
  Buffer.alloc(500),
])

describe('refused in words', () => {
  test.each([
    ['SVG', () => Buffer.from(SVG)],
    ['SVG with its prologue', () => Buffer.from(`<?xml version="1.0"?>\n${SVG}`)],
    ['HTML that calls itself a picture', () => Buffer.from(`<!doctype html><body>${PAYLOAD}`)],
    ['GIF', () => GIF],
    ['PDF', () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj')],
    ['nothing', () => Buffer.alloc(0)],
    ['half a JPEG', () => jpeg.subarray(0, jpeg.length / 2)],
    ['the beginning of a JPEG', () => jpeg.subarray(0, 20)],
    ['half a PNG', async () => (await sharp(jpeg).png().toBuffer()).subarray(0, 500)],
    ['half a WebP', async () => (await sharp(jpeg).webp().toBuffer()).subarray(0, 200)],
    ['TIFF', () => sharp(jpeg).tiff().toBuffer()],
    ['noise', () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
    ['a JPEG with NULs in front', () => Buffer.concat([Buffer.alloc(4), jpeg])],
  ])('%s', async (_name, make) => {
    const problem = await refusalOf(await make())
    expect(problem).toMatchObject({ type: 'urn:wangge:bad-file', status: 422 })
    expect(problem?.detail).toContain('JPEG')
  })

  test('HEIC: what to do about it', async () => {
    const problem = await refusalOf(HEIC)
    expect(problem?.detail).toContain('兼容性最佳')
    expect(problem?.en.detail).toContain('most compatible')
  })

  test('a bomb: some kilobytes that claim 900 million pixels, at once and without the memory', async () => {
    const bomb = hugePng(30_000)
    expect(bomb.length).toBeLessThan(200_000)
    const [start, before] = [performance.now(), process.memoryUsage().rss]
    const problem = await refusalOf(bomb)
    expect(problem?.detail).toContain('5000 万像素')
    expect(performance.now() - start).toBeLessThan(1000)
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })
})
