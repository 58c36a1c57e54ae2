import { create } from 'zustand'
import { useView } from '../data/view.ts'
import { filterOf, played, playStart, SPEEDS, windowOf, type PlayMode, type Span } from './timeline.ts'

/**
 * The hand on the time strip. While a window is dragged or played it lives here, at the rate of the screen; the view, and
 * with it list and address, hears of it a few times a second and at the end.
 */
interface Time {
  readonly held: Span | null
  readonly isPlaying: boolean
  readonly speed: (typeof SPEEDS)[number]
  readonly mode: PlayMode
}

export const useTime = create<Time>()(() => ({ held: null, isPlaying: false, speed: 6, mode: 'window' }))

const COMMIT_MS = 500
let committedAt = 0

/** The window moves under the hand. */
export function hold(span: Span, whole: Span): void {
  useTime.setState({ held: span })
  const now = performance.now()
  if (now - committedAt < COMMIT_MS) return
  committedAt = now
  commit(span, whole)
}

/** The hand lets go: the view keeps the window. */
export function release(whole: Span): void {
  const { held } = useTime.getState()
  if (held) commit(held, whole)
  useTime.setState({ held: null, isPlaying: false })
}

/** Replaces the window of the filter, and nothing else of it. */
export function commit(span: Span, whole: Span): void {
  const { filter, set } = useView.getState()
  const { from, to, ...rest } = filter
  const next = filterOf(span, whole)
  if (next.from !== from || next.to !== to) set({ filter: { ...rest, ...next } })
}

/** Plays until the end of the strip or until the returned function is called. */
export function play(whole: Span): () => void {
  const start = windowOf(useView.getState().filter, whole)
  let span = playStart(start, useTime.getState().mode, whole)
  let before = performance.now()
  let frame = requestAnimationFrame(step)
  useTime.setState({ isPlaying: true, held: span })

  function step(now: number): void {
    const { mode, speed } = useTime.getState()
    // A tab that slept does not leap.
    const elapsed = Math.min(0.25, (now - before) / 1000)
    before = now
    const next = played(span, mode, speed, elapsed, whole)
    if (!next) return release(whole)
    span = next
    hold(span, whole)
    frame = requestAnimationFrame(step)
  }

  return () => {
    cancelAnimationFrame(frame)
    release(whole)
  }
}
