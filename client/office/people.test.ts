import { expect, test } from 'vitest'
import type { Account, Bound } from '#contract/accounts'
import { draftOf, dutiesOf, found, withRole, type Wanted } from './people.ts'

const placesOf = (bound: Bound) => (bound.kind === 'unit' ? `unit ${bound.unit}` : bound.kind)

function account(id: number, name: string, part: Partial<Account> = {}): Account {
  return {
    id,
    login: `login${id}`,
    name,
    active: true,
    duties: [],
    lockedUntil: null,
    sessions: 0,
    version: 1,
    ...part,
  }
}

const ACCOUNTS = [
  account(1, '甲', {
    duties: [{ role: 'handler', bound: { kind: 'unit', unit: 'HW' }, grids: [] }],
    sessions: 2,
  }),
  account(2, '乙', { duties: [{ role: 'auditor', bound: { kind: 'subdistrict' }, grids: [] }] }),
  account(3, '丙', { active: false }),
  account(4, '丁', { lockedUntil: '2026-03-06T08:00:00.000Z' }),
]

test.each<[Partial<Wanted>, number[]]>([
  [{}, [1, 2, 3, 4]],
  [{ text: '乙' }, [2]],
  [{ text: 'LOGIN3' }, [3]],
  [{ text: '甲 hw' }, [1]],
  [{ text: '甲 乙' }, []],
  [{ role: 'auditor' }, [2]],
  [{ state: 'active' }, [1, 2, 4]],
  [{ state: 'inactive' }, [3]],
  [{ state: 'locked' }, [4]],
  [{ state: 'online' }, [1]],
])('%j finds %j', (wanted, ids) => {
  const all: Wanted = { text: '', role: null, state: 'all', ...wanted }
  expect(found(ACCOUNTS, all, placesOf).map(({ id }) => id)).toEqual(ids)
})

test('a duty has no bound before its place is chosen', () => {
  const liaison = draftOf('unit-liaison')
  expect(dutiesOf([liaison])).toBeNull()
  expect(dutiesOf([{ ...liaison, unit: 'HW' }])).toEqual([
    { role: 'unit-liaison', bound: { kind: 'unit', unit: 'HW' } },
  ])
})

test('another role keeps the place where it may have it, and else begins anew', () => {
  const liaison = { ...draftOf('unit-liaison'), unit: 'HW' }
  expect(withRole(liaison, 'handler').unit).toBe('HW')
  expect(withRole(liaison, 'director')).toEqual(draftOf('director'))
})
