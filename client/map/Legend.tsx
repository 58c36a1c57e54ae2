import { useState, type ReactNode } from 'react'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import css from './map.module.css'

interface ScaleProps {
  readonly colors: readonly string[]
  readonly marks: readonly string[]
  /** What a mark stands for at length. */
  readonly titles?: readonly string[]
  /** Classes begin at their mark; a ramp has its colours at the marks and all those between. */
  readonly kind: 'classes' | 'ramp'
}

/** A run of colours with its numbers below. */
export function ScaleBar({ colors, marks, titles, kind }: ScaleProps) {
  const ramp = { background: `linear-gradient(to right, ${colors.join(', ')})` }
  return (
    <div className={css['scale']} data-kind={kind}>
      <div className={css['ramp']} style={kind === 'ramp' ? ramp : undefined} aria-hidden>
        {kind === 'ramp' ? null : colors.map((color) => <span key={color} style={{ background: color }} />)}
      </div>
      <div className={css['marks']}>
        {marks.map((mark, i) => (
          <span key={mark} title={titles?.[i]}>
            {mark}
          </span>
        ))}
      </div>
    </div>
  )
}

/** A colour and its word. */
export function Swatch({ color, children }: { readonly color: string; readonly children: ReactNode }) {
  return (
    <li className={css['swatch']}>
      <span className={css['chip']} style={{ background: color }} aria-hidden />
      {children}
    </li>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly values: readonly T[]
  readonly value: T
  readonly wordOf: (value: T) => string
  readonly onChange: (value: T) => void
}

/** One of a few words; a radio group that fits in a line. */
export function Choice<T extends string>({ label, values, value, wordOf, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className={css['choice']}>
      <legend>{label}</legend>
      <div>
        {values.map((each) => (
          <label key={each} data-chosen={each === value}>
            <input type="radio" name={label} checked={each === value} onChange={() => onChange(each)} />
            {wordOf(each)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The card of a legend: open at a desk, one line on a phone until it is asked for. */
export function LegendCard({ children }: { readonly children: ReactNode }) {
  const { t } = useLocal()
  const [isOpen, setOpen] = useState(() => matchMedia('(width > 720px)').matches)
  const Chevron = isOpen ? IconChevronDown : IconChevronUp
  return (
    <section className={`${css['card']} ${css['legend']}`} aria-label={t('legend.title')}>
      <button
        type="button"
        className={css['legendHead']}
        aria-expanded={isOpen}
        aria-label={t(isOpen ? 'legend.hide' : 'legend.show')}
        onClick={() => setOpen(!isOpen)}
      >
        {t('legend.title')}
        <Chevron size={14} aria-hidden />
      </button>
      {isOpen ? <div className={css['legendBody']}>{children}</div> : null}
    </section>
  )
}
