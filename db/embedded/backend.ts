/* oxlint-disable no-underscore-dangle -- the names are those of PGlite's wasm exports */
import type { PGlite } from '@electric-sql/pglite'

/** The exit status by which PGlite knows a PostgreSQL error that it can report and recover from. */
const REPORTABLE = 100

type Exports = {
  ___stack_pointer: { value: number }
  _PostgresMainLoopOnce: () => void
  /** Answers the status that was there before. */
  _pgl_setPGliteExitStatus: (status: number) => number
}

/** The inner parts of PGlite that the guards lean on, all in one place: pinned versions only. */
const exportsOf = (lite: PGlite): Exports => lite.Module as unknown as Exports

export const stackOf = (lite: PGlite) => exportsOf(lite).___stack_pointer

/** Replaces the function that reads and runs one message; it throws to report an error. */
export function wrapMainLoop(lite: PGlite, wrap: (loopOnce: () => void) => () => void): void {
  const wasm = exportsOf(lite)
  wasm._PostgresMainLoopOnce = wrap(wasm._PostgresMainLoopOnce)
}

/** To be asked once, right after the main loop threw: whether PGlite will report it as an SQL error. */
export function isReportable(lite: PGlite): boolean {
  const wasm = exportsOf(lite)
  const status = wasm._pgl_setPGliteExitStatus(REPORTABLE)
  wasm._pgl_setPGliteExitStatus(status)
  return status === REPORTABLE
}
