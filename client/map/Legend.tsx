import type { ReactNode } from 'react'
import css from './map.module.css'

/** One run of colours with a word under each. */
export interface Scale {
  readonly colors: readonly string[]
  readonly marks: readonly string[]
}

/** Boxes side by side for classes; the words stand below the borders between them. */
export function ScaleBar({ colors, marks }: Scale) {
  return (
    <div className={css['scale']}>
      <div className={css['ramp']} aria-hidden>
        {colors.map((color) => (
          <span key={color} style={{ background: color }} />
        ))}
      </div>
      <div className={css['marks']}>
        {marks.map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
      </div>
    </div>
  )
}

/** A colour and its word. */
export function Swatch({ color, children }: { readonly color: string | null; readonly children: ReactNode }) {
  return (
    <li className={css['swatch']}>
      <span className={css['chip']} style={{ background: color ?? 'transparent' }} aria-hidden />
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
      {values.map((each) => (
        <label key={each} data-chosen={each === value}>
          <input type="radio" name={label} checked={each === value} onChange={() => onChange(each)} />
          {wordOf(each)}
        </label>
      ))}
    </fieldset>
  )
}
