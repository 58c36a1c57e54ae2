import { draftFrom, type Drawing } from '#geo/plan/drawing'
import type { Sites } from '#geo/plan/sites'
import { suggesting, type Progress, type Suggestion, type Wish } from '#geo/balance/suggest'

export type Order =
  | {
      readonly kind: 'start'
      readonly drawing: Drawing
      readonly sites: Sites
      readonly wish: Wish
    }
  /** To answer with what it has; whoever wants no answer ends the worker. */
  | { readonly kind: 'stop' }

export type Answer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly suggestion: Suggestion }

/** Looks for plans away from the page. Searches that take longer than this on a slow machine make do with what they have. */
const CAP_MS = 120_000
const TELL_MS = 80

let isStopped = false

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.kind === 'stop') isStopped = true
  else void search(data)
})

async function search({ drawing, sites, wish }: Extract<Order, { kind: 'start' }>): Promise<void> {
  const now = (): number => performance.now()
  const limits = { now, capMs: CAP_MS, isStopped: () => isStopped }
  const steps = suggesting(draftFrom(drawing), sites, wish, limits)
  let told = 0
  for (;;) {
    const step = steps.next()
    if (step.done) return tell({ kind: 'done', suggestion: step.value })
    if (now() - told > TELL_MS) {
      tell({ kind: 'progress', progress: step.value })
      told = now()
    }
    await breath()
  }
}

/** So that a word from the page comes through. */
const breath = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve))

const tell = (answer: Answer): void => postMessage(answer)
