import type { Outcome } from '../../server/imports/actions.ts'
import type { PastEvent } from '../../server/imports/store.ts'
import type { EventsOptions } from './events-options.ts'
import type { Voice, Words } from './language.ts'

/** So many errors, and so many of the most frequent reasons, are written out. */
const FIRST = 10
/** Progress is said after one second, then at growing intervals up to this. */
const EVERY_MS = 10_000

const RULES: Readonly<Record<PastEvent['rule'], Words>> = {
  inside: { zh: '网格内', en: 'inside a grid' },
  'shared-border': { zh: '共同边界上', en: 'on a shared border' },
  near: { zh: '边界附近', en: 'near a grid' },
  outside: { zh: '网格外（边界台）', en: 'outside (border desk)' },
  person: { zh: '人工', en: 'by a person' },
}

/** Counts what becomes of the rows, and says so. */
export interface Tally {
  readonly count: (outcome: Exclude<Outcome, { readonly kind: 'refused' }>, hasPosition: boolean) => void
  readonly refuse: (line: number, field: string | null, why: Words) => void
  readonly progress: () => void
  readonly finish: (rejects: string | null) => void
}

interface Counts {
  taken: number
  known: number
  refused: number
  withPosition: number
  readonly rules: Map<PastEvent['rule'], number>
  readonly reasons: Map<string, { readonly why: Words; count: number }>
  readonly errors: { readonly line: number; readonly field: string | null; readonly why: Words }[]
}

export function tallyOf({ apply }: EventsOptions, voice: Voice): Tally {
  const counts: Counts = {
    taken: 0,
    known: 0,
    refused: 0,
    withPosition: 0,
    rules: new Map(),
    reasons: new Map(),
    errors: [],
  }
  const started = performance.now()
  let said = started
  let wait = 1000
  return {
    count(outcome, hasPosition) {
      if (outcome.kind === 'known') {
        counts.known++
        return
      }
      counts.taken++
      if (hasPosition) counts.withPosition++
      counts.rules.set(outcome.rule, (counts.rules.get(outcome.rule) ?? 0) + 1)
    },
    refuse(line, field, why) {
      counts.refused++
      if (counts.errors.length < FIRST) counts.errors.push({ line, field, why })
      const known = counts.reasons.get(why.en)
      if (known) known.count++
      else if (counts.reasons.size < 10_000) counts.reasons.set(why.en, { why, count: 1 })
    },
    progress() {
      if (performance.now() - said < wait) return
      said = performance.now()
      wait = Math.min(wait * 2, EVERY_MS)
      const rows = counts.taken + counts.known + counts.refused
      const rate = Math.round((rows / (said - started)) * 1000)
      voice.say({ zh: `  … ${rows} 行，每秒 ${rate} 行`, en: `  … ${rows} rows, ${rate} a second` })
    },
    finish(rejects) {
      printCounts(counts, apply, voice)
      printErrors(counts, voice)
      if (rejects !== null)
        voice.say({
          zh: `被拒绝的行及原因见 ${rejects}`,
          en: `The refused rows, with the reasons: ${rejects}`,
        })
      if (!apply)
        voice.say({
          zh: '试运行，未写入；加 --apply 写入。',
          en: 'Dry run, nothing is written; --apply stores.',
        })
    },
  }
}

function printCounts(
  { taken, known, refused, rules, withPosition }: Counts,
  apply: boolean,
  voice: Voice,
): void {
  voice.say({
    zh: `${apply ? '写入' : '可写入'} ${taken}，此前已有 ${known}，拒绝 ${refused}`,
    en: `${taken} ${apply ? 'stored' : 'would be stored'}, ${known} there before, ${refused} refused`,
  })
  for (const [rule, count] of rules) {
    const words = RULES[rule]
    voice.say({ zh: `  ${words.zh} ${count}`, en: `  ${count} ${words.en}` })
  }
  // Half of the events outside says more about the coordinates than about the events.
  const outside = rules.get('outside') ?? 0
  if (outside < 5 || outside * 2 <= withPosition) return
  voice.say({
    zh: '  ！多数事件不在任何网格内：请核对 --crs（gcj02、bd09 会偏移数百米）和 --axes。',
    en: '  ! Most events lie in no grid: check --crs (gcj02 and bd09 are off by hundreds of metres) and --axes.',
  })
}

function printErrors({ refused, errors, reasons }: Counts, voice: Voice): void {
  for (const { line, field, why } of errors) {
    const name = field === null ? '' : ` ${field}`
    voice.say({ zh: `  第 ${line} 行${name}：${why.zh}`, en: `  row ${line}${name}: ${why.en}` })
  }
  if (refused <= FIRST) return
  const frequent = [...reasons.values()].toSorted((a, b) => b.count - a.count).slice(0, FIRST)
  for (const { why, count } of frequent)
    voice.say({ zh: `  共 ${count} 行：${why.zh}`, en: `  in all ${count} rows: ${why.en}` })
}
