import { useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import type { CalendarYear } from '#contract/deadlines'
import { dateOf } from '#rules/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { Fact, Facts, Scroll, Section } from '../ui/Panel.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import css from './calendar.module.css'
import { clockOf, toggled, workdays, type YearDraft } from './calendar.ts'
import { CalendarForm } from './CalendarForm.tsx'
import { useCalendars } from './rules.ts'
import { YearGrid } from './YearGrid.tsx'

const OFFICE_HOURS: CalendarYear['hours'] = [
  [8, 12],
  [14, 18],
]

/** The working calendar, a year at a time. */
export function Calendar({ mayWrite }: { readonly mayWrite: boolean }) {
  const { t } = useLocal()
  const thisYear = Number(dateOf(useNow(3600)).slice(0, 4))
  const calendars = useCalendars()
  const [year, setYear] = useState(thisYear)
  const [draft, setDraft] = useState<YearDraft | null>(null)
  if (calendars.error) return <Failure error={calendars.error} retry={() => void calendars.refetch()} />
  if (!calendars.data) return <RowsComing />
  const { years } = calendars.data
  const known = years.find((each) => each.year === year)
  const shown = draft ?? known
  const open = (next: number) => {
    setYear(next)
    setDraft(null)
  }
  return (
    <div className={css['calendar']}>
      <div className={css['main']}>
        <header className={css['bar']}>
          <SegmentedControl
            size="xs"
            aria-label={t('calendar.year')}
            value={String(year)}
            onChange={(value) => open(Number(value))}
            data={yearsAround(years, thisYear).map((each) => ({
              value: String(each.year),
              label: each.kind === 'provisional' ? `${each.year} ?` : String(each.year),
            }))}
          />
          <Legend />
        </header>
        <div className={css['scroll']}>
          {shown ? (
            <YearGrid draft={shown} onToggle={draft ? (day) => setDraft(toggled(draft, day)) : null} />
          ) : (
            <Empty title={t('calendar.missing', { year })} note={t('calendar.missingNote')} />
          )}
        </div>
      </div>
      <div className={css['side']}>
        {draft ? (
          <CalendarForm
            key={draft.year}
            draft={draft}
            known={known ?? null}
            onChange={setDraft}
            onDone={() => setDraft(null)}
          />
        ) : (
          <About
            year={year}
            known={known ?? null}
            onEdit={mayWrite ? () => setDraft(known ?? emptyYear(year)) : null}
          />
        )}
      </div>
    </div>
  )
}

interface AboutProps {
  readonly year: number
  readonly known: CalendarYear | null
  readonly onEdit: (() => void) | null
}

function About({ year, known, onEdit }: AboutProps) {
  const { t } = useLocal()
  return (
    <Scroll>
      <Section heading={String(year)}>
        {known ? (
          <>
            {known.kind === 'provisional' ? (
              <p className={css['provisional']}>
                <strong>{t('calendar.provisional')}</strong>
                {t('calendar.provisionalNote')}
              </p>
            ) : null}
            <Facts>
              <Fact label={t('calendar.why')}>{known.reason}</Fact>
              <Fact label={t('calendar.normal')}>{t('calendar.workdays', { count: workdays(known) })}</Fact>
              <Fact label={t('calendar.off')}>{t('calendar.offN', { count: known.off.length })}</Fact>
              <Fact label={t('calendar.work')}>
                {known.work.length === 0
                  ? t('calendar.noneOff')
                  : t('calendar.workN', { count: known.work.length })}
              </Fact>
              <Fact label={t('calendar.hours')}>
                {known.hours
                  .map(([from = 0, to = 0]) =>
                    t('calendar.hoursOf', { from: clockOf(from), to: to === 24 ? '24:00' : clockOf(to) }),
                  )
                  .join(t('bound.and'))}
              </Fact>
              <Fact label={t('calendar.kind')}>
                {`${t(`calendar.${known.kind}`)} · ${t('calendar.version', { version: known.version })}`}
              </Fact>
            </Facts>
          </>
        ) : (
          <p className={css['provisional']}>{t('calendar.missingNote')}</p>
        )}
      </Section>
      {onEdit ? (
        <Section>
          <Button size="xs" onClick={onEdit}>
            {known ? t('calendar.edit') : t('calendar.enter', { year })}
          </Button>
        </Section>
      ) : null}
    </Scroll>
  )
}

function Legend() {
  const { t } = useLocal()
  return (
    <ul className={css['legend']}>
      {(['normal', 'weekend', 'off', 'work'] as const).map((kind) => (
        <li key={kind}>
          <i data-kind={kind} aria-hidden />
          {t(`calendar.${kind}`)}
        </li>
      ))}
    </ul>
  )
}

/** Those that are known, and this and the next, which should be. */
function yearsAround(years: readonly CalendarYear[], thisYear: number) {
  const wanted = new Set([thisYear, thisYear + 1, ...years.map(({ year }) => year)])
  return [...wanted]
    .toSorted((a, b) => a - b)
    .filter((year) => Math.abs(year - thisYear) <= 2)
    .map((year) => ({ year, kind: years.find((each) => each.year === year)?.kind ?? null }))
}

function emptyYear(year: number): YearDraft {
  return { year, kind: 'notice', off: [], work: [], hours: OFFICE_HOURS }
}
