import type { Condition, Span, Why } from '#contract/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { dayWords, exactWords, spanWords, timeOf } from '../i18n/span.ts'
import { Scroll } from '../ui/Panel.tsx'
import { Empty } from '../ui/States.tsx'
import css from './rules.module.css'
import type { Outcome } from './trial.ts'

interface OutcomeProps {
  readonly outcome: Outcome
  readonly condition: Condition
}

/** When, and every span on the way there with what it counts. */
export function TrialOutcome({ outcome, condition }: OutcomeProps) {
  const { t } = useLocal()
  const now = useNow(60)
  if (outcome.kind === 'gap')
    return <Empty title={t('trial.gap', { year: outcome.year })} note={t('calendar.missingNote')} />
  const { dueAt, amberAt, why } = outcome.promised
  const limit = t(`limit.${condition.limit.unit}`, { count: condition.limit.amount })
  return (
    <Scroll>
      <div className={css['due']}>
        <span>{t('trial.due')}</span>
        <strong data-testid="trial-due">{`${dayWords(t, dueAt)} ${timeOf(dueAt)}`}</strong>
        <p>
          {`${limit} · ${t(`rules.countings.${condition.limit.counting}`)} · ${t('trial.amber')} ${exactWords(t, amberAt, now)}`}
        </p>
      </div>
      <Spans why={why} />
      <p className={css['calendars']}>
        {why.calendars.length === 0
          ? t('trial.noCalendar')
          : t('trial.byCalendars', { list: why.calendars.join(t('bound.and')) })}
        {why.calendars.some((each) => each.endsWith('?')) ? ` · ${t('trial.provisional')}` : ''}
      </p>
    </Scroll>
  )
}

function Spans({ why }: { readonly why: Why }) {
  const { t } = useLocal()
  const words = (counted: number) =>
    why.limit.counting === 'next_day' ? t('trial.days', { count: counted }) : spanWords(t, counted)
  const total = why.spans.reduce((sum, { counted }) => sum + counted, 0)
  return (
    <table className={css['spans']}>
      <thead>
        <tr>
          <th scope="col">{t('trial.from')}</th>
          <th scope="col">{t('trial.to')}</th>
          <th scope="col" aria-label={t('trial.counted')} />
          <th scope="col">{t('trial.counted')}</th>
        </tr>
      </thead>
      <tbody>
        {why.spans.map((span) => (
          <SpanRow key={`${span.from} ${span.kind}`} span={span} counted={words(span.counted)} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {t('trial.total')}
          </th>
          <td>{words(total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function SpanRow({ span, counted }: { readonly span: Span; readonly counted: string }) {
  const { t } = useLocal()
  const { kind } = span
  const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
  const counts = kind === 'working' || kind === 'running'
  return (
    <tr data-kind={kind}>
      <td>{`${dayWords(t, from)} ${timeOf(from)}`}</td>
      <td>{`${dayWords(t, to)} ${timeOf(to)}`}</td>
      <td>{t(`trial.kinds.${kind}`)}</td>
      <td>{counts ? counted : t('trial.dash')}</td>
    </tr>
  )
}
