import css from './chart.module.css'

const WIDTH = 388
const HEIGHT = 56
const FOOT = 1

/** Weekly numbers as bars, the last one still running; the label says them all to a screen reader. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...values)
  const step = WIDTH / Math.max(1, values.length)
  return (
    <svg
      className={css['spark']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      {values.map((value, k) => {
        const height = value === 0 ? 1 : 3 + (value / most) * (HEIGHT - 3 - FOOT)
        return (
          <rect
            key={k}
            data-last={k === values.length - 1}
            x={k * step + 1}
            y={HEIGHT - FOOT - height}
            width={step - 3}
            height={height}
            rx="1.5"
          >
            <title>{value}</title>
          </rect>
        )
      })}
    </svg>
  )
}
