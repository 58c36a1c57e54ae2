import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plausible, readExif, SAID_NOTHING, whyNot } from './rules.ts'
import { exifOf } from './testing.ts'

const MINUTE = 60_000
const NOW = Date.parse('2026-03-06T10:00:00+08:00')
const OPEN = { closedAt: null, onTheSpot: false, reporter: 7, photos: 0 }
const SPOT = { closedAt: NOW, onTheSpot: true, reporter: 7, photos: 0 }

test.each([
  // what           stage      by  minutes  may
  ['open', OPEN, 'before', 8, 0, true],
  ['open, 19 there', { ...OPEN, photos: 19 }, 'after', 8, 0, true],
  ['open, 20 there', { ...OPEN, photos: 20 }, 'after', 8, 0, false],
  ['closed', { ...OPEN, closedAt: NOW }, 'report', 7, 1, false],
  ['closed on the spot', SPOT, 'report', 7, 30, true],
  ['closed on the spot, too long ago', SPOT, 'report', 7, 31, false],
  ['closed on the spot, another person', SPOT, 'report', 8, 1, false],
  ['closed on the spot, another stage', SPOT, 'after', 7, 1, false],
  ['closed on the spot by nobody known', { ...SPOT, reporter: null }, 'report', null, 1, false],
  ['closed on the spot, 20 there', { ...SPOT, photos: 20 }, 'report', 7, 1, false],
] as const)('%s (%o): %s by %s after %d min: %s', (_name, subject, stage, account, minutes, may) =>
  expect(whyNot(subject, stage, { account, now: NOW + minutes * MINUTE }) === null).toBe(may),
)

test.each([
  ['2026-03-06T09:00:00+08:00', true],
  ['2026-03-07T09:00:00+08:00', true],
  ['2026-03-08T09:00:00+08:00', false],
  ['1970-01-01T00:00:00Z', false],
])('a camera that says %s is believed: %s', (text, isTrue) =>
  expect(plausible(new Date(text), new Date(NOW)) !== null).toBe(isTrue),
)

const HERE = { lng: 119.9312, lat: 32.4575 }

test.each([
  ['little-endian', { endian: 'II' }],
  ['big-endian', { endian: 'MM' }],
  ['with its mark', { endian: 'II', mark: true }],
] as const)('time and place are read, %s', (_name, how) => {
  const { takenAt, position } = readExif(exifOf({ takenAt: '2026:03:06 08:30:00', ...HERE, ...how }))
  expect(takenAt).toEqual(new Date('2026-03-06T08:30:00+08:00'))
  expect(position?.[0]).toBeCloseTo(HERE.lng, 5)
  expect(position?.[1]).toBeCloseTo(HERE.lat, 5)
})

test('a zone that the camera names is its zone; south and west are negative', () => {
  const { takenAt, position } = readExif(
    exifOf({ takenAt: '2026:03:06 08:30:00', offset: '-03:00', lng: -58.4, lat: -34.6 }),
  )
  expect(takenAt).toEqual(new Date('2026-03-06T08:30:00-03:00'))
  expect(position?.map((value) => Math.round(value * 10) / 10)).toEqual([-58.4, -34.6])
})

test.each([
  ['nothing', {}, SAID_NOTHING],
  ['an impossible date', { takenAt: '2026:13:45 99:00:00' }, SAID_NOTHING],
  ['an empty date', { takenAt: '    :  :     :  :  ' }, SAID_NOTHING],
  ['no fix', { lng: 0, lat: 0 }, SAID_NOTHING],
  ['a place beyond the earth', { lng: 200, lat: 32 }, SAID_NOTHING],
  ['a fraction by zero', { lng: 119, lat: 32, denominator: 0 }, SAID_NOTHING],
])('%s says nothing', (_name, said, camera) => expect(readExif(exifOf(said))).toEqual(camera))

test('no block, however made, throws or takes long', () => {
  const whole = exifOf({ takenAt: '2026:03:06 08:30:00', ...HERE })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))),
      fc.nat(whole.length),
      (edits, length) => {
        const bytes = whole.slice()
        for (const [at, value] of edits) bytes[at] = value
        readExif(bytes.subarray(0, length))
      },
    ),
    { numRuns: 5000 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readExif(bytes)))
})

test('a directory that points everywhere, which makes other readers run out of memory, costs nothing', () => {
  const bytes = new Uint8Array(65_527)
  const view = new DataView(bytes.buffer)
  bytes.set([0x49, 0x49, 0x2a, 0])
  view.setUint32(4, 8, true)
  view.setUint16(8, 5459, true)
  for (let i = 0; i < 5459; i++) {
    const at = 10 + i * 12
    view.setUint16(at, [0x8769, 0x8825][i] ?? 0x9000 + i, true)
    view.setUint16(at + 2, i < 2 ? 4 : 1, true)
    view.setUint32(at + 4, i < 2 ? 1 : 0xff_ff_ff, true)
    view.setUint32(at + 8, 8, true)
  }
  const start = performance.now()
  expect(readExif(bytes)).toEqual(SAID_NOTHING)
  expect(performance.now() - start).toBeLessThan(50)
})
