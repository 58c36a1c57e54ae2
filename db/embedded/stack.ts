import type { PGlite } from '@electric-sql/pglite'
import { stackOf } from './backend.ts'

/**
 * Every SQL error leaks 0.7–5.6 KB of the 2 MB wasm stack, because the frames that the error leaps over never give
 * theirs back: after some hundred to thousand errors each query fails with "stack depth limit exceeded". Between
 * calls from outside nothing lives on that stack, so it goes back to where it was.
 */
export function restoreStack(lite: PGlite): void {
  const stack = stackOf(lite)
  const base = stack.value
  const run = lite.execProtocolRawSync.bind(lite)
  let depth = 0
  lite.execProtocolRawSync = (message) => {
    depth++
    try {
      return run(message)
    } finally {
      depth--
      if (depth === 0 && stack.value !== base) stack.value = base
    }
  }
}
