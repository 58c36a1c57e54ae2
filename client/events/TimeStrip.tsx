import { useEffect, useRef } from 'react'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './time.module.css'
import { usePoints, useWindow, type Window } from './points.ts'
import { commit, play, useTime } from './time.ts'
import { TimeChart } from './TimeChart.tsx'
import { CHIPS, chipOf, rowsWithin, SPEEDS, type Chip, type Span } from './timeline.ts'

const NO_TIMES = new Float64Array()

/** The year as a strip: which part of it map and list show, and a way to watch it pass. */
export function TimeStrip() {
  const { t } = useLocal()
  const columns = usePoints()
  const given = useWindow(columns)
  const times = columns?.t ?? NO_TIMES
  return (
    <section className={css['strip']} aria-label={t('time.label')}>
      <Chips {...given} />
      <TimeChart times={times} {...given} />
      <Reading times={times} {...given} />
      <Player whole={given.whole} />
    </section>
  )
}

const CHIP_WORDS = Object.keys(CHIPS) as Chip[]

function Chips({ whole, window }: Window) {
  const { t } = useLocal()
  const current = chipOf(window, whole)
  function press(chip: Chip | 'year'): void {
    const from = chip === 'year' ? whole.from : whole.to - CHIPS[chip]
    commit({ from, to: whole.to }, whole)
  }
  return (
    <fieldset className={css['chips']} aria-label={t('time.window')}>
      {([...CHIP_WORDS, 'year'] as const).map((chip) => (
        <button key={chip} type="button" aria-pressed={chip === current} onClick={() => press(chip)}>
          {t(`time.chip.${chip}`)}
        </button>
      ))}
    </fieldset>
  )
}

/** The window in words and how many events were reported within it. */
function Reading({ times, whole, window }: Window & { readonly times: Float64Array }) {
  const { t, number } = useLocal()
  const [lo, hi] = rowsWithin(times, window)
  return (
    <div className={css['reading']} data-testid="time-count" data-count={hi - lo}>
      <b>{t('time.count', { count: hi - lo, n: number(hi - lo) })}</b>
      <span>
        <Range span={window} whole={whole} />
      </span>
    </div>
  )
}

function Range({ span, whole }: { readonly span: Span; readonly whole: Span }) {
  const { t } = useLocal()
  const now = useNow(60)
  const word = (at: number) => exactWords(t, at * 1000, now)
  return t('time.range', {
    from: word(span.from),
    to: span.to >= whole.to ? t('time.now') : word(span.to),
  })
}

function Player({ whole }: { readonly whole: Span }) {
  const { t } = useLocal()
  const { isPlaying, speed, mode } = useTime()
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  function toggle(): void {
    if (isPlaying) stop.current?.()
    else stop.current = play(whole)
  }

  const speedWord = t('time.speedValue', { count: speed })
  const Icon = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    <div className={css['player']}>
      <button
        type="button"
        className={css['play']}
        aria-label={t(isPlaying ? 'time.pause' : 'time.play')}
        onClick={toggle}
      >
        <Icon size={15} aria-hidden />
      </button>
      <div className={css['pace']}>
        <button
          type="button"
          aria-label={`${t('time.speed')}: ${speedWord}`}
          title={speedWord}
          onClick={() => useTime.setState({ speed: next(SPEEDS, speed) })}
        >
          {speed}×
        </button>
        <button
          type="button"
          aria-label={`${t('time.modeLabel')}: ${t(`time.mode.${mode}`)}`}
          onClick={() => useTime.setState({ mode: mode === 'window' ? 'cumulative' : 'window' })}
        >
          {t(`time.mode.${mode}`)}
        </button>
      </div>
    </div>
  )
}

function next<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length] ?? value
}
