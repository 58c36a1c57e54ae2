import { UnstyledButton } from '@mantine/core'
import { useLocal } from '../i18n/local.ts'
import css from './chart.module.css'

interface Bar {
  readonly label: string
  readonly value: number
  readonly onClick: () => void
}

/** Named numbers compared by length; each opens its rows. */
export function Bars({ bars }: { readonly bars: readonly Bar[] }) {
  const { number } = useLocal()
  const most = Math.max(1, ...bars.map((bar) => bar.value))
  return (
    <ul className={css['bars']}>
      {bars.map((bar) => (
        <li key={bar.label}>
          <UnstyledButton className={css['bar']} onClick={bar.onClick}>
            <span className={css['barLabel']}>{bar.label}</span>
            <span className={css['track']}>
              <span className={css['fill']} style={{ width: `${(bar.value / most) * 100}%` }} />
            </span>
            <span className={css['barValue']}>{number(bar.value)}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  )
}
