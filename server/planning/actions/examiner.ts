import { parentPort, workerData } from 'node:worker_threads'
import { draftFrom, drawingOf, type Drawing } from '#geo/plan/drawing'
import type { Words } from '../../http/contract.ts'
import type { FileReport } from '../contract/files.ts'
import { isAssignments, readAssignments } from '../formats/assignments.ts'
import { FormatError } from '../formats/format.ts'
import { readLayer } from '../formats/read.ts'
import { assign } from '../rules/assign.ts'
import { examine, reportOf, type Wanted } from '../rules/intake.ts'

/** A thread that reads one boundary file against a plan, and says what it found. */

export interface Task {
  readonly bytes: Uint8Array
  readonly base: Drawing
  readonly wanted: Wanted
}

/** `drawing` is null while something stands in the way; `unreadable` where the file is none that could be read. */
export type Finding =
  | { readonly report: FileReport; readonly drawing: Drawing | null }
  | { readonly unreadable: Words }

const { bytes, base, wanted } = workerData as Task
parentPort?.postMessage(await find())

async function find(): Promise<Finding> {
  try {
    const plan = draftFrom(base)
    if (isAssignments(new TextDecoder().decode(bytes.subarray(0, 40)))) {
      const { faults, draft, moved } = assign(plan, readAssignments(bytes))
      const report = reportOf('assignments', {
        grids: plan.grids.size,
        faults: [...faults],
        ready: draft !== null,
        moved,
      })
      return { report, drawing: draft && drawingOf(draft) }
    }
    const { report, draft } = examine(await readLayer(bytes), plan, wanted)
    return { report, drawing: draft && drawingOf(draft) }
  } catch (error) {
    if (error instanceof FormatError) return { unreadable: error.words }
    throw error
  }
}
