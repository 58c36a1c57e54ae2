import { useMemo, useRef, useState } from 'react'
import { useLocal } from '../i18n/local.ts'
import type { Window } from './points.ts'
import css from './time.module.css'
import { TimeBrush } from './TimeBrush.tsx'
import { bars, DAY, lengthOf, shareOf, stageOf, ticks, type Span, type Stage } from './timeline.ts'
import { dayWord, hourWord, monthWord } from './timewords.ts'

/** The bars of the stage, with the window on them. */
export function TimeChart({ times, whole, window }: Window & { readonly times: Float64Array }) {
  const { t } = useLocal()
  const stage = useStage(window, whole)
  const frame = useRef<HTMLDivElement>(null)
  const counts = useMemo(() => bars(times, stage), [times, stage])
  const [pointed, setPointed] = useState<number | null>(null)
  const [left, right] = [shareOf(window.from, stage), shareOf(window.to, stage)]

  function point(clientX: number): void {
    const box = frame.current?.getBoundingClientRect()
    if (box) setPointed(Math.floor(((clientX - box.left) / box.width) * counts.length))
  }

  return (
    <div
      className={css['chart']}
      ref={frame}
      onPointerMove={(event) => point(event.clientX)}
      onPointerLeave={() => setPointed(null)}
    >
      <div className={css['plot']}>
        <Bars counts={counts} />
        <div style={{ clipPath: `inset(0 ${100 - right}% 0 ${left}%)` }} className={css['chosen']}>
          <Bars counts={counts} />
        </div>
        <TimeBrush frame={frame} stage={stage} whole={whole} window={window} />
      </div>
      <div className={css['ticks']} aria-hidden>
        {ticks(stage).map((at) => (
          <span key={at} style={{ left: `${shareOf(at, stage)}%` }}>
            {stage.step === DAY ? monthWord(t, at) : dayWord(t, at)}
          </span>
        ))}
      </div>
      {stage.step === DAY ? null : <Overview whole={whole} stage={stage} />}
      {pointed === null || counts[pointed] === undefined ? null : (
        <Tip stage={stage} bar={pointed} count={counts[pointed]} />
      )}
    </div>
  )
}

/** Kept while the window stays within it, so that bars do not slide under the hand. */
function useStage(window: Span, whole: Span): Stage {
  const [stage, setStage] = useState(() => stageOf(window, whole, null))
  const next = stageOf(window, whole, stage)
  const isSame = next.from === stage.from && next.to === stage.to && next.step === stage.step
  if (!isSame) setStage(next)
  return isSame ? stage : next
}

function Bars({ counts }: { readonly counts: readonly number[] }) {
  const path = useMemo(() => {
    const top = Math.max(1, ...counts)
    return counts.map((n, i) => (n === 0 ? '' : `M${i + 0.1} 1V${1 - n / top}H${i + 0.9}V1Z`)).join('')
  }, [counts])
  return (
    <svg
      className={css['bars']}
      viewBox={`0 0 ${Math.max(1, counts.length)} 1`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path d={path} />
    </svg>
  )
}

/** Where in the year the two weeks of the stage lie. */
function Overview({ whole, stage }: { readonly whole: Span; readonly stage: Span }) {
  const width = Math.max(0.8, (lengthOf(stage) / lengthOf(whole)) * 100)
  return (
    <div className={css['overview']} aria-hidden>
      <span style={{ left: `${shareOf(stage.from, whole)}%`, width: `${width}%` }} />
    </div>
  )
}

function Tip({ stage, bar, count }: { readonly stage: Stage; readonly bar: number; readonly count: number }) {
  const { t } = useLocal()
  const at = stage.from + bar * stage.step
  const word = stage.step === DAY ? dayWord(t, at) : hourWord(t, at)
  return (
    <div className={css['tip']} style={{ left: `${shareOf(at + stage.step / 2, stage)}%` }} aria-hidden>
      {t('time.bar', { at: word, count })}
    </div>
  )
}
