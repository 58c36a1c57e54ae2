import { expect, test } from 'vitest'
import { en } from '../../client/i18n/en.ts'
import { zh } from '../../client/i18n/zh.ts'
import type { Words } from '../http/contract.ts'
import { ASK, LIGHT, SOURCE, STATUS } from './rules.ts'

const inLanguage = (words: Readonly<Record<string, Words>>, language: keyof Words) =>
  Object.fromEntries(Object.entries(words).map(([name, said]) => [name, said[language]]))

test.each([
  ['status', STATUS],
  ['source', SOURCE],
  ['light', LIGHT],
  ['ask', ASK],
] as const)('a file calls each %s as the screen does', (kind, words) => {
  expect(inLanguage(words, 'zh')).toEqual(zh[kind])
  expect(inLanguage(words, 'en')).toEqual(en[kind])
})
