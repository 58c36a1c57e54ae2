import { useEffect } from 'react'
import { sentenceOf } from '#geo/plan/refusals'
import { useLocal } from '../i18n/local.ts'
import css from './stage.module.css'
import { useKeyName } from './opwords.ts'
import { useSketch } from './tools/tool.ts'

const SHOWN_MS = 6_000

/** Why nothing was changed, near the pointer and for the ear. */
export function Toast() {
  const { t, either } = useLocal()
  const refused = useSketch((sketch) => sketch.refused)
  const nameOf = useKeyName()
  useEffect(() => {
    if (!refused) return
    const timer = setTimeout(() => useSketch.setState({ refused: null }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [refused])
  const words = refused ? sentenceOf(refused.why, nameOf) : null
  const text = words ? t('planning.refused', { why: either(words.zh, words.en) }) : ''
  return (
    <>
      <output className={css['heard']} aria-live="assertive">
        {text}
      </output>
      {refused ? (
        <div
          className={css['toast']}
          style={{ translate: refused.px ? beside(refused.px) : undefined }}
          data-near={refused.px ? 'pointer' : 'top'}
          data-testid="plan-refusal"
          aria-hidden
        >
          {text}
        </div>
      ) : null}
    </>
  )
}

const WIDTH_PX = 250

/** Above the point, so that neither a finger nor the pointer lies on it. */
function beside([x, y]: readonly [number, number]): string {
  const left = Math.min(Math.max(8, x - WIDTH_PX / 2), Math.max(8, innerWidth - WIDTH_PX - 90))
  return `${left}px ${y > 150 ? y - 92 : y + 36}px`
}
