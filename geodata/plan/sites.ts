import type { Lattice } from '../fabric.ts'

/**
 * What is counted in the grid that it lies in: places with weights, as columns. A place on a border belongs to the touching
 * atom with the lowest id, so that each is counted once.
 */
export interface Sites {
  readonly buildings: Places & {
    readonly ids: readonly number[]
    readonly households: readonly number[]
  }
  /** Events reported in the 365 days before. */
  readonly events: Places & {
    readonly ids: readonly number[]
    /** Minutes of the grid worker's time, by the urgency of the class. */
    readonly minutes: readonly number[]
    /** 1 where it is open. */
    readonly open: readonly number[]
  }
  /** Grid → open files and files of the year. A dispute has no place of its own that others may know. */
  readonly disputes: readonly { readonly grid: number; readonly open: number; readonly year: number }[]
  readonly workers: readonly PlanWorker[]
}

export interface Places {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
}

interface PlanWorker {
  readonly id: number
  readonly name: string
  readonly fullTime: boolean
}

export function placeAt({ xs, ys }: Places, i: number): Lattice {
  return [xs[i] ?? 0, ys[i] ?? 0]
}
