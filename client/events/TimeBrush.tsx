import { useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { useLocal } from '../i18n/local.ts'
import type { Window } from './points.ts'
import css from './time.module.css'
import { commit, hold, release, useTime } from './time.ts'
import { drag, lengthOf, shareOf, type Grip, type Span, type Stage } from './timeline.ts'
import { hourWord } from './timewords.ts'

interface BrushProps extends Window {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly stage: Stage
}

interface Held {
  readonly grip: Grip
  /** Time between the pointer and the start of the window. */
  readonly offset: number
  readonly stage: Stage
}

/** The window: its ends and its body can be taken by mouse, touch or key; pressing beside it draws a new one. */
export function TimeBrush({ frame, stage, whole, window }: BrushProps) {
  const held = useRef<Held | null>(null)

  function timeAt(clientX: number, on: Span): number {
    const box = frame.current?.getBoundingClientRect()
    return box ? on.from + ((clientX - box.left) / box.width) * lengthOf(on) : on.from
  }

  function take(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0 || useTime.getState().isPlaying) return
    const at = timeAt(event.clientX, stage)
    const grabbed = gripOf(event.target)
    // The whole year cannot be moved: a press on it draws a window too.
    const grip = grabbed === 'both' && lengthOf(window) >= lengthOf(whole) ? null : grabbed
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { grip: grip ?? 'to', offset: grip === 'both' ? at - window.from : 0, stage }
    // A new window begins where the pointer went down and grows with it.
    if (!grip) hold(drag({ from: at, to: at }, 'to', at, stage, whole), whole)
  }

  function move(event: PointerEvent<HTMLDivElement>): void {
    if (!held.current) return
    const { grip, offset, stage: on } = held.current
    hold(drag(window, grip, timeAt(event.clientX, on) - offset, on, whole), whole)
  }

  function drop(): void {
    if (held.current) release(whole)
    held.current = null
  }

  return (
    <div
      className={css['brush']}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      role="presentation"
    >
      <div
        className={css['body']}
        data-grip="both"
        style={{ left: `${shareOf(window.from, stage)}%`, right: `${100 - shareOf(window.to, stage)}%` }}
      />
      <Handle grip="from" {...{ stage, whole, window }} />
      <Handle grip="to" {...{ stage, whole, window }} />
    </div>
  )
}

function gripOf(target: EventTarget): Grip | null {
  const word = target instanceof HTMLElement ? target.dataset['grip'] : undefined
  return word === 'from' || word === 'to' || word === 'both' ? word : null
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
}

function Handle({
  grip,
  stage,
  whole,
  window,
}: Omit<BrushProps, 'frame'> & { readonly grip: 'from' | 'to' }) {
  const { t } = useLocal()
  const at = window[grip]

  /** Arrows move by a bar, with Shift the whole window; Home and End go to the ends of the strip. */
  function press(event: KeyboardEvent): void {
    const to = targetOf(event)
    if (to === null) return
    event.preventDefault()
    commit(drag(window, event.shiftKey ? 'both' : grip, to, stage, whole), whole)
  }

  function targetOf(event: KeyboardEvent): number | null {
    if (event.key === 'Home') return whole.from
    if (event.key === 'End') return whole.to
    const steps = STEPS[event.key]
    return steps === undefined ? null : (event.shiftKey ? window.from : at) + steps * stage.step
  }

  return (
    <div
      // A range input cannot hang at one end of a window that is itself taken and moved.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      className={css['handle']}
      data-grip={grip}
      style={{ left: `${shareOf(at, stage)}%` }}
      aria-label={t(`time.${grip}`)}
      aria-valuemin={whole.from}
      aria-valuemax={whole.to}
      aria-valuenow={at}
      aria-valuetext={hourWord(t, at)}
      onKeyDown={press}
    />
  )
}
