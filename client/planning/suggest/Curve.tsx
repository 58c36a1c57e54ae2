import type { Suggested } from '#geo/balance/done'
import type { Mark } from '#geo/balance/suggest'
import { useLocal } from '../../i18n/local.ts'
import { percent } from '../impact/figures.ts'
import { fine, usePointWords } from './planwords.ts'
import { useSearch } from './search.ts'
import css from './suggest.module.css'

const WIDTH = 388
const HEIGHT = 180
const LEFT = 34
const RIGHT = 14
const TOP = 10
const FOOT = 22
/** Parts of an axis between its numbers. */
const PARTS = 4

interface CurveProps {
  readonly curve: readonly Mark[]
  readonly plans: readonly Suggested[]
  /** Of the draft; null while the search still runs. */
  readonly households: number | null
}

/** Deviation against households moved: how much evenness costs. The points are the plans to pick from. */
export function Curve({ curve, plans, households }: CurveProps) {
  const { t, number } = useLocal()
  const wish = useSearch((search) => search.wish)
  const scale = scaleOf(curve, plans, wish.share, households)
  const line = (of: (mark: Mark) => number): string => stepsOf(curve, scale, of)
  const limit = households === null ? null : wish.share * households
  return (
    <figure className={css['chart']}>
      <figcaption>
        <span>{t('suggest.chart')}</span>
        <span className={css['keys']}>
          <i data-line="worst" aria-hidden /> {t('suggest.worst')} <i data-line="rms" aria-hidden />{' '}
          {t('suggest.rms')}
        </span>
      </figcaption>
      <div className={css['plot']}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('suggest.chartHint')}>
          {ticks(scale.up).map((share) => (
            <g key={share}>
              <line
                className={css['rule']}
                x1={LEFT}
                x2={WIDTH - RIGHT}
                y1={scale.y(share)}
                y2={scale.y(share)}
              />
              <text className={css['tick']} x={LEFT - 5} y={scale.y(share) + 4} textAnchor="end">
                {percent(share)}
              </text>
            </g>
          ))}
          {ticks(scale.across).map((moved) => (
            <text key={moved} className={css['tick']} x={scale.x(moved)} y={HEIGHT - 6} textAnchor="middle">
              {number(moved)}
            </text>
          ))}
          {wish.aim < scale.up ? (
            <g>
              <line
                className={css['aim']}
                x1={LEFT}
                x2={WIDTH - RIGHT}
                y1={scale.y(wish.aim)}
                y2={scale.y(wish.aim)}
              />
              <text className={css['tick']} x={WIDTH - RIGHT} y={scale.y(wish.aim) - 4} textAnchor="end">
                {t('suggest.aimLine')}
              </text>
            </g>
          ) : null}
          {limit !== null && limit < scale.across ? (
            <line
              className={css['aim']}
              x1={scale.x(limit)}
              x2={scale.x(limit)}
              y1={TOP}
              y2={HEIGHT - FOOT}
            />
          ) : null}
          <path className={css['rms']} d={line(({ rms }) => rms)} />
          <path className={css['worst']} d={line(({ worst }) => worst)} />
        </svg>
        <Points plans={plans} scale={scale} />
      </div>
    </figure>
  )
}

function Points({ plans, scale }: { readonly plans: readonly Suggested[]; readonly scale: Scale }) {
  const { t } = useLocal()
  const words = usePointWords()
  const picked = useSearch((search) => search.picked)
  if (plans.length === 0) return null
  return (
    <div role="radiogroup" aria-label={t('suggest.pick')}>
      {plans.map((plan, i) => (
        <input
          key={`${plan.moved} ${plan.balance.own.worst}`}
          type="radio"
          name="suggest-point"
          className={css['point']}
          aria-label={words(i, plan)}
          title={words(i, plan)}
          checked={i === picked}
          onChange={() => useSearch.setState({ picked: i })}
          style={{
            left: `${(scale.x(plan.moved) / WIDTH) * 100}%`,
            top: `${(scale.y(plan.balance.own.worst) / HEIGHT) * 100}%`,
          }}
        />
      ))}
    </div>
  )
}

interface Scale {
  readonly across: number
  readonly up: number
  readonly x: (moved: number) => number
  readonly y: (share: number) => number
}

/** A little beyond the allowed share and the plans, whatever lies farther out. */
function scaleOf(
  curve: readonly Mark[],
  plans: readonly Suggested[],
  share: number,
  households: number | null,
): Scale {
  const end = curve.at(-1)?.moved ?? 0
  const wanted = households === null ? end : Math.min(end, share * households * 1.1)
  const across = fine(Math.max(4, wanted, ...plans.map(({ moved }) => moved)), PARTS)
  const up = fine(Math.max(0.04, ...curve.slice(0, 1).map(({ worst }) => worst)) * 100, PARTS) / 100
  return {
    across,
    up,
    x: (moved) => LEFT + (Math.min(moved, across) / across) * (WIDTH - LEFT - RIGHT),
    y: (deviation) => TOP + (1 - Math.min(deviation, up) / up) * (HEIGHT - TOP - FOOT),
  }
}

const ticks = (end: number): readonly number[] =>
  Array.from({ length: PARTS + 1 }, (_, i) => (end * i) / PARTS)

/** Between two plans there is none, so the line goes in steps. */
function stepsOf(curve: readonly Mark[], { x, y, across }: Scale, of: (mark: Mark) => number): string {
  const [first] = curve
  if (!first) return ''
  const shown = curve.filter(({ moved }) => moved <= across)
  const steps = shown.map((mark) => `H${x(mark.moved).toFixed(1)}V${y(of(mark)).toFixed(1)}`)
  return `M${x(first.moved).toFixed(1)} ${y(of(first)).toFixed(1)}${steps.join('')}`
}
