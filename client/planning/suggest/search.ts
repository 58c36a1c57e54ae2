import { create } from 'zustand'
import type { Draft } from '#geo/plan/draft'
import { drawingOf } from '#geo/plan/drawing'
import type { Sites } from '#geo/plan/sites'
import { USUAL, type Progress, type Suggestion, type Wish } from '#geo/balance/suggest'
import type { Answer, Order } from './balance.worker.ts'

/** What was asked, and how far the answer is. It outlives the sheet, so that one may look at something else meanwhile. */
interface Search {
  readonly wish: Wish
  readonly phase: 'idle' | 'searching' | 'done' | 'failed'
  readonly progress: Progress | null
  readonly suggestion: Suggestion | null
  /** The state of the draft that was asked about. */
  readonly of: string | null
  /** Place of the plan that is picked. */
  readonly picked: number
  /** Whether the map shows the plan that is picked. */
  readonly isShown: boolean
}

export const useSearch = create<Search>(() => ({
  wish: { ...USUAL, scope: null },
  phase: 'idle',
  progress: null,
  suggestion: null,
  of: null,
  picked: 0,
  isShown: false,
}))

let worker: Worker | null = null

/** Asks about the draft as it stands; `of` names that state. */
export function startSearch(draft: Draft, sites: Sites, wish: Wish, of: string): void {
  leaveSearch()
  const mine = new Worker(new URL('./balance.worker.ts', import.meta.url), { type: 'module' })
  worker = mine
  useSearch.setState({
    wish,
    phase: 'searching',
    progress: null,
    suggestion: null,
    of,
    picked: 0,
    isShown: false,
  })
  mine.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.kind === 'progress') return useSearch.setState({ progress: data.progress })
    end()
    useSearch.setState({
      phase: 'done',
      suggestion: data.suggestion,
      picked: firstPick(data.suggestion, wish),
    })
  })
  mine.addEventListener('error', () => {
    end()
    useSearch.setState({ phase: 'failed' })
  })
  send({ kind: 'start', drawing: drawingOf(draft), sites, wish })
}

/** The plan that keeps the aim by moving the fewest, else the most even one. */
function firstPick({ plans }: Suggestion, { aim }: Wish): number {
  const even = plans.findIndex(({ balance }) => balance.own.worst <= aim)
  return even === -1 ? Math.max(0, plans.length - 1) : even
}

/** Makes do with what has been found. */
export const stopSearch = (): void => send({ kind: 'stop' })

export function leaveSearch(): void {
  end()
  useSearch.setState({ phase: 'idle', progress: null, suggestion: null, of: null, isShown: false })
}

function send(order: Order): void {
  worker?.postMessage(order)
}

function end(): void {
  worker?.terminate()
  worker = null
}
