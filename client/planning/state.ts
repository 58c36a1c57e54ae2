import { create } from 'zustand'
import type { Problem } from '#contract/http'
import type { LogLine, OpenScenario, Scenario } from '#contract/planning'
import type { Draft } from '#geo/plan/draft'
import type { Meter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import type { Sites } from '#geo/plan/sites'
import type { PlanRef } from '../data/view.ts'
import type { Parcel } from './queue.ts'
import type { Outcome, Side } from './track.ts'

/** Who works; a reader sees the same and changes nothing. */
export interface Worker {
  readonly account: string
  readonly name: string
  readonly mayEdit: boolean
}

/** Somebody was first, or the draft is closed: what they have made of it, and what waits here. */
export interface Conflict {
  readonly problem: Problem
  readonly theirs: OpenScenario
  /** Their operations since this side last heard of them; empty where they only took something back. */
  readonly lines: readonly LogLine[]
  readonly mine: readonly Parcel[]
}

export type Saving = 'saved' | 'saving' | 'waiting' | 'conflict' | 'readonly'

export interface Planning {
  readonly phase: 'closed' | 'opening' | 'open' | 'failed'
  readonly error: unknown
  readonly origin: PlanRef | null
  /** Null where a plan is looked at. */
  readonly scenario: Scenario | null
  readonly base: Side | null
  readonly sites: Sites | null
  /** The same objects as long as the draft is open; `tick` says when they have changed. */
  readonly draft: Draft | null
  readonly meter: Meter | null
  readonly tick: number
  readonly version: number
  readonly saving: Saving
  readonly log: readonly LogLine[]
  readonly head: number
  readonly conflict: Conflict | null
  /** Who changed the draft from elsewhere, last. */
  readonly news: News | null
  readonly open: (origin: PlanRef, worker: Worker) => Promise<void>
  readonly close: () => void
  /** Operations of one gesture: all are done, or none. */
  readonly perform: (...ops: readonly Op[]) => Outcome
  readonly undo: () => void
  readonly redo: () => void
  /** Shows what operations would do until `drop`, or until anything else is done. */
  readonly preview: (...ops: readonly Op[]) => Outcome
  readonly drop: () => void
  /** Fetches what others have changed. */
  readonly refresh: () => Promise<void>
}

interface News {
  readonly by: string | null
  readonly count: number
}

export const CLOSED = {
  phase: 'closed',
  error: null,
  origin: null,
  scenario: null,
  base: null,
  sites: null,
  draft: null,
  meter: null,
  tick: 0,
  version: 0,
  saving: 'readonly',
  log: [],
  head: 0,
  conflict: null,
  news: null,
} as const satisfies Partial<Planning>

/** Where nothing is open to be changed. */
export const NOT_OPEN: Outcome = { ok: false, rule: 'unknown', grids: [], at: null }

/** The open draft, as everybody sees it; session.ts gives it its actions. */
export const usePlanning = create<Planning>()(() => ({
  ...CLOSED,
  open: async () => undefined,
  close: () => undefined,
  perform: () => NOT_OPEN,
  undo: () => undefined,
  redo: () => undefined,
  preview: () => NOT_OPEN,
  drop: () => undefined,
  refresh: async () => undefined,
}))
