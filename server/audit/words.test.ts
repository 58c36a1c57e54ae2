import { expect, test } from 'vitest'
import { en } from '../../client/i18n/en.ts'
import { zh } from '../../client/i18n/zh.ts'
import { ROLE, roleWords } from './rules.ts'

test('a file calls each role as the screen does', () => {
  const words = Object.entries(ROLE)
  expect(Object.fromEntries(words.map(([role, said]) => [role, said.zh]))).toEqual(zh.role)
  expect(Object.fromEntries(words.map(([role, said]) => [role, said.en]))).toEqual(en.role)
})

test.each([
  ['auditor', 'zh', '审计员'],
  ['archivist', 'en', 'archivist'],
  [null, 'zh', null],
] as const)('role %s in %s: %s', (role, language, said) => expect(roleWords(role, language)).toBe(said))
