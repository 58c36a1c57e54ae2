import { dateOf } from '#rules/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import css from './calendar.module.css'
import { monthsOf, type YearDraft } from './calendar.ts'

const MONTHS = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11', 'm12'] as const
const WORDS = { normal: 'dayNormal', weekend: 'dayWeekend', off: 'dayOff', work: 'dayWork' } as const

interface GridProps {
  readonly draft: Pick<YearDraft, 'year' | 'off' | 'work'>
  /** Null where nothing may be changed. */
  readonly onToggle: ((day: string) => void) | null
}

/** A year as twelve small months, weeks beginning on Monday. */
export function YearGrid({ draft, onToggle }: GridProps) {
  const { t } = useLocal()
  const today = dateOf(useNow(60))
  const heads = t('calendar.weekdays').split(' ')
  return (
    <div className={css['year']}>
      {monthsOf(draft).map((month) => (
        <section key={month.n} className={css['month']}>
          <h4>{t(`clock.${MONTHS[month.n - 1] ?? 'm1'}`)}</h4>
          <div className={css['week']} aria-hidden>
            {heads.map((head, k) => (
              // Two days of the week share a letter.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={k}>{head}</span>
            ))}
          </div>
          <ul>
            {month.days.map(({ text, n, kind }) => {
              const words = t(`calendar.${WORDS[kind]}`, { day: text })
              const style = n === 1 ? { gridColumnStart: month.blanks + 1 } : undefined
              return (
                <li key={text} style={style} data-kind={kind} data-today={text === today}>
                  {onToggle ? (
                    <button type="button" aria-label={words} title={words} onClick={() => onToggle(text)}>
                      {n}
                    </button>
                  ) : (
                    <span title={words}>{n}</span>
                  )}
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}
