import type { Words } from '../../http/contract.ts'
import { RISKS, type Risk, type Scale, type Sign, type Source } from '../contract.ts'

/** What the proposed colour is read from. */
export interface Weighed {
  readonly scale: Scale
  readonly people: number
  readonly signs: readonly Sign[]
  readonly source: Source
}

interface Reading {
  readonly risk: Risk
  readonly why: Words
  readonly holds: (of: Weighed) => boolean
}

const has =
  (...signs: readonly Sign[]) =>
  (of: Weighed) =>
    signs.every((sign) => of.signs.includes(sign))

/** From the worst down; the first that holds proposes. Red: key, cross-department. Orange: may grow. */
const READINGS: readonly Reading[] = [
  { risk: 'red', why: { zh: '涉及凶器', en: 'weapons' }, holds: has('weapon') },
  { risk: 'red', why: { zh: '重大群体性', en: 'a major group' }, holds: ({ scale }) => scale === '03' },
  {
    risk: 'red',
    why: { zh: '涉及 100 人及以上', en: '100 people or more' },
    holds: ({ people }) => people >= 100,
  },
  {
    risk: 'red',
    why: { zh: '扬言暴力且涉及未成年人', en: 'violence threatened, minors involved' },
    holds: has('violence', 'minor'),
  },
  {
    risk: 'red',
    why: { zh: '扬言暴力且曾报警', en: 'violence threatened, police called before' },
    holds: has('violence', 'police'),
  },
  {
    risk: 'red',
    why: { zh: '曾报警且多次调解未成', en: 'police called before, several rounds failed' },
    holds: has('police', 'rounds'),
  },
  { risk: 'orange', why: { zh: '扬言暴力', en: 'violence threatened' }, holds: has('violence') },
  { risk: 'orange', why: { zh: '曾报警', en: 'police called before' }, holds: has('police') },
  { risk: 'orange', why: { zh: '多次调解未成', en: 'several rounds failed' }, holds: has('rounds') },
  { risk: 'orange', why: { zh: '涉及未成年人', en: 'minors involved' }, holds: has('minor') },
  { risk: 'orange', why: { zh: '一般群体性', en: 'a group' }, holds: ({ scale }) => scale === '02' },
  {
    risk: 'orange',
    why: { zh: '涉及 50 人及以上', en: '50 people or more' },
    holds: ({ people }) => people >= 50,
  },
  {
    risk: 'yellow',
    why: { zh: '当事人已提出', en: 'a party has brought it up' },
    holds: ({ source }) => source !== 'checking',
  },
  { risk: 'blue', why: { zh: '排查发现的苗头', en: 'a sign found by checking' }, holds: () => true },
]

export interface Proposal {
  readonly risk: Risk
  /** Everything that speaks for the colour. */
  readonly because: readonly Words[]
}

/** The colour that the rules propose. A person decides. */
export function proposeRisk(of: Weighed): Proposal {
  const found = READINGS.filter(({ holds }) => holds(of))
  const risk = found[0]?.risk ?? 'blue'
  return { risk, because: found.filter((reading) => reading.risk === risk).map(({ why }) => why) }
}

export function isLower(risk: Risk, than: Risk): boolean {
  return RISKS.indexOf(risk) < RISKS.indexOf(than)
}

/** Red and orange are looked at again when they seem settled. */
export function isWatched(risk: Risk): boolean {
  return risk === 'red' || risk === 'orange'
}
