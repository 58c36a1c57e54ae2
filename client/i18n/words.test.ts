import { createInstance, type TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { exactWords, instantWords, leftWords, spanWords } from './span.ts'
import { zhLater } from './zh-later.ts'
import { zh as zhFirst } from './zh.ts'

const zh = { ...zhFirst, ...zhLater }

/** Dotted keys of a tree of words; a plural counts once, whatever its forms. */
function keysOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${path}${key}`.replace(/_(one|other)$/, '')]
      : keysOf(value as object, `${path}${key}.`),
  )
}

function wordsOf(tree: object): string[] {
  return Object.values(tree).flatMap((value) =>
    typeof value === 'string' ? [value] : wordsOf(value as object),
  )
}

const holes = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([hole]) => hole).toSorted((a, b) => a.localeCompare(b))

function at(tree: object, path: string): string {
  const found = path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], tree)
  if (typeof found === 'string') return found
  const plural = path.split('.').reduce<unknown>((node, key, k, all) => {
    const branch = node as Record<string, unknown>
    return k === all.length - 1 ? branch?.[`${key}_other`] : branch?.[key]
  }, tree)
  return String(plural)
}

/** A plural may say its number with or without separators, or not at all. */
const less = (names: (string | undefined)[]) => names.filter((name) => name !== 'count' && name !== 'n')

test('both languages have the same keys', () => {
  expect([...new Set(keysOf(en))].toSorted()).toEqual([...new Set(keysOf(zh))].toSorted())
})

test('no word is empty, and the English ones have no Chinese but its own name', () => {
  expect([...wordsOf(zh), ...wordsOf(en)].filter((word) => word.trim() === '')).toEqual([])
  const chinese = wordsOf(en).filter((word) => /\p{Script=Han}/u.test(word))
  expect(chinese).toEqual(['中文', '切换到中文', '中'])
})

test.each([...new Set(keysOf(zh))].filter((key) => !key.startsWith('clock.')))(
  '%s fills the same holes',
  (key) => {
    expect(less(holes(at(en, key)))).toEqual(less(holes(at(zh, key))))
  },
)

async function speaker(language: 'zh' | 'en'): Promise<TFunction> {
  const words = createInstance()
  await words.init({
    lng: language,
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  return words.t
}

const zhT = await speaker('zh')
const enT = await speaker('en')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, '不到1分', '< 1m'],
  [59_999, '不到1分', '< 1m'],
  [MINUTE, '1分', '1m'],
  [59 * MINUTE, '59分', '59m'],
  [HOUR, '1小时', '1h'],
  [2 * HOUR + 15 * MINUTE, '2小时15分', '2h 15m'],
  [DAY, '1天', '1d'],
  [DAY + 3 * HOUR + 59 * MINUTE, '1天3小时', '1d 3h'],
  [-(2 * DAY + 30 * MINUTE), '2天', '2d'],
])('%d ms is %s, %s', (ms, chinese, english) => {
  expect([spanWords(zhT, ms), spanWords(enT, ms)]).toEqual([chinese, english])
})

const NOW = Date.parse('2026-03-06T15:30:00+08:00')

test.each([
  [2 * HOUR + 15 * MINUTE, '剩 2小时15分', '2h 15m left'],
  [-(DAY + 3 * HOUR), '超 1天3小时', '1d 3h over'],
])('a deadline %d ms away: %s', (ms, chinese, english) => {
  expect([leftWords(zhT, NOW + ms, NOW), leftWords(enT, NOW + ms, NOW)]).toEqual([chinese, english])
})

test.each([
  // instant                     short zh          short en            exact zh             exact en
  ['2026-03-06T14:05:00+08:00', '14:05', '14:05', '14:05', '14:05'],
  ['2026-03-05T14:05:00+08:00', '昨天 14:05', 'Yesterday 14:05', '昨天 14:05', 'Yesterday 14:05'],
  ['2026-03-07T00:00:00+08:00', '明天 00:00', 'Tomorrow 00:00', '明天 00:00', 'Tomorrow 00:00'],
  ['2026-03-04T14:05:00+08:00', '3月4日', '4 Mar', '3月4日 14:05', '4 Mar 14:05'],
  ['2025-12-31T23:59:00+08:00', '2025年12月31日', '31 Dec 2025', '2025年12月31日 23:59', '31 Dec 2025 23:59'],
  // Midnight in China is 16:00 of the day before in UTC.
  ['2026-03-05T16:00:00Z', '00:00', '00:00', '00:00', '00:00'],
  ['2026-03-05T15:59:00Z', '昨天 23:59', 'Yesterday 23:59', '昨天 23:59', 'Yesterday 23:59'],
])('%s at 3月6日 15:30', (instant, ...wanted) => {
  const ms = Date.parse(instant)
  expect([
    instantWords(zhT, ms, NOW),
    instantWords(enT, ms, NOW),
    exactWords(zhT, ms, NOW),
    exactWords(enT, ms, NOW),
  ]).toEqual(wanted)
})
