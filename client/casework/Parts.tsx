import type { Assignment } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { ENDED } from '#contract/events'
import { useUnitName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords } from '../i18n/span.ts'
import { LightMark } from '../ui/LightMark.tsx'
import { WhyDue } from './Clock.tsx'
import css from './case.module.css'

interface PartsProps {
  readonly event: EventRow
  readonly assignments: readonly Assignment[]
  readonly now: number
}

/** The units of the case, the lead first, each with a clock of its own; those that left it stay on the list. */
export function Parts({ event, assignments, now }: PartsProps) {
  const ordered = assignments.toSorted(
    (a, b) =>
      Number(a.endedAt !== null) - Number(b.endedAt !== null) ||
      Number(b.part === 'lead') - Number(a.part === 'lead'),
  )
  return (
    <ul className={css['cards']}>
      {ordered.map((part) => (
        <li key={part.id} data-over={part.endedAt !== null}>
          <Part event={event} part={part} now={now} />
        </li>
      ))}
    </ul>
  )
}

interface PartProps {
  readonly event: EventRow
  readonly part: Assignment
  readonly now: number
}

function Part({ event, part, now }: PartProps) {
  const { t } = useLocal()
  const unitName = useUnitName()
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const shown = lightOf(event, part, now)
  const isRunning = part.handledAt === null && part.endedAt === null
  return (
    <>
      <p className={css['cardHead']}>
        <LightMark light={shown} size={14} />
        <strong>{unitName(part.unit)}</strong>
        <span className={css['tag']}>{t(part.part === 'lead' ? 'work.lead' : 'work.assistPart')}</span>
        {isRunning && shown !== 'hold' ? (
          <span className={css['clock']} style={{ color: `var(--ink-${shown})` }}>
            {leftWords(t, Date.parse(part.dueAt), now)}
          </span>
        ) : null}
      </p>
      <p className={css['cardNote']}>
        {[
          ...stations(part).map(([word, instant]) => t(`work.${word}`, { at: at(instant) })),
          ...more(part, t, at),
        ].join(' · ')}
      </p>
      {isRunning ? <WhyDue why={part.why} amberAt={part.amberAt} /> : null}
    </>
  )
}

function lightOf({ status }: EventRow, part: Assignment, now: number) {
  if (part.endedAt !== null || part.handledAt !== null || ENDED.includes(status)) return 'done'
  if (status === 'held') return 'hold'
  if (now > Date.parse(part.dueAt)) return 'red'
  return now >= Date.parse(part.amberAt) ? 'amber' : 'green'
}

type Station = 'signedAt' | 'handledAt' | 'returnedAt' | 'recalledAt' | 'leftAt'

function stations(part: Assignment): readonly (readonly [Station, string])[] {
  const { signedAt, handledAt, endedAt, ending } = part
  const left = ending === 'returned' ? 'returnedAt' : ending === 'recalled' ? 'recalledAt' : null
  return [
    ...(signedAt === null ? [] : [['signedAt', signedAt] as const]),
    ...(handledAt === null ? [] : [['handledAt', handledAt] as const]),
    ...(endedAt === null || left === null ? [] : [[left, endedAt] as const]),
  ]
}

function more(
  part: Assignment,
  t: ReturnType<typeof useLocal>['t'],
  at: (instant: string) => string,
): readonly string[] {
  const isWaiting = part.signedAt === null && part.endedAt === null
  return [
    ...(isWaiting ? [t('work.notSigned'), t('work.refuseUntil', { at: at(part.refuseUntil) })] : []),
    ...(part.reworks > 0 ? [t('work.reworks', { count: part.reworks })] : []),
  ]
}
