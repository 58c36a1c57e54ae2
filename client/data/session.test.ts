import { beforeEach, expect, test } from 'vitest'
import { enter, heard, leave, useSession } from './session.ts'

const standing = () => useSession.getState().standing
const REFUSED = { type: 'urn:wangge:not-signed-in' }

beforeEach(() => useSession.setState({ standing: 'unknown', usedAt: 0 }))

test.each([
  // before      after a call that was refused for want of a session
  ['unknown', 'outside'],
  ['inside', 'lost'],
  ['outside', 'outside'],
  ['lost', 'lost'],
] as const)('%s, and a call finds no session: %s', (before, after) => {
  useSession.setState({ standing: before })
  heard(REFUSED)
  expect(standing()).toBe(after)
})

test('a wrong password or a missing right ends no session', () => {
  enter()
  heard({ type: 'urn:wangge:wrong-credentials' })
  heard({ type: 'urn:wangge:forbidden' })
  expect(standing()).toBe('inside')
})

test('an answer keeps the session; leaving is no loss', () => {
  enter()
  useSession.setState({ usedAt: 0 })
  heard('given')
  expect(useSession.getState().usedAt).toBeGreaterThan(0)
  leave()
  heard(REFUSED)
  expect(standing()).toBe('outside')
})
