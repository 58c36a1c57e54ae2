import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cipherOf, SealError } from './cipher.ts'

const [one, two] = [randomBytes(32), randomBytes(32)]
const cipher = cipherOf([one])
const HERE = 'dispute_parties.name/12/1'

test('any text comes back as it was, and its seal shows nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const sealed = cipher.seal(text, HERE)
      expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+$/)
      expect(cipher.open(sealed, HERE)).toBe(text)
    }),
  )
  expect(cipher.seal('陈某', HERE)).not.toBe(cipher.seal('陈某', HERE))
})

test.each(['dispute_parties.name/12/2', 'dispute_parties.name/13/1', 'dispute_parties.phone/12/1', ''])(
  'a text that was moved to %s cannot be read there',
  (elsewhere) => {
    expect(() => cipher.open(cipher.seal('陈某', HERE), elsewhere)).toThrow(SealError)
  },
)

test('a text in which any character was changed, or that was cut short, cannot be read', () => {
  const sealed = cipher.seal('陈某', HERE)
  for (let k = 0; k < sealed.length; k++) {
    const touched = sealed.slice(0, k) + (sealed[k] === 'A' ? 'B' : 'A') + sealed.slice(k + 1)
    // The last character may hold bits that stand for nothing.
    if (k < sealed.length - 1) expect(() => cipher.open(touched, HERE), String(k)).toThrow(SealError)
    expect(() => cipher.open(sealed.slice(0, k), HERE), String(k)).toThrow(SealError)
  }
})

test('after a change of key what the former sealed is still read; without it, it is not, and the error tells nothing', () => {
  const old = cipher.seal('陈某', HERE)
  const next = cipherOf([two, one])
  expect(next.open(old, HERE)).toBe('陈某')
  expect([next.knows(old), next.isCurrent(old), next.isCurrent(next.seal('陈某', HERE))]).toEqual([
    true,
    false,
    true,
  ])
  const stranger = cipherOf([two])
  expect(stranger.knows(old)).toBe(false)
  const told = (() => {
    try {
      return stranger.open(old, HERE)
    } catch (error) {
      return String(error)
    }
  })()
  expect(told).toContain('SealError')
  expect(told).not.toContain('陈')
  expect(told).not.toContain(two.toString('base64'))
})
