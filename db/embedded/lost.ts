import type { PGlite } from '@electric-sql/pglite'
import { isReportable, wrapMainLoop } from './backend.ts'

/**
 * GEOS reports its failures as C++ exceptions, which this PostGIS build cannot catch: one flies out through PostgreSQL
 * and PGlite drops it, so that the statement is skipped without a word and the rest of the transaction commits. The
 * same way out is taken by a trap of the wasm itself, after which PGlite answers nothing for ever. Whatever leaves the
 * main loop and is not a reportable error ends up here; `onLost` must not return to the loop, since the state left
 * behind is that of no defined moment.
 */
export function catchLostErrors(lite: PGlite, onLost: (reason: string) => never): void {
  wrapMainLoop(lite, (loopOnce) => () => {
    try {
      loopOnce()
    } catch (thrown) {
      if (!isReportable(lite)) onLost(reasonOf(thrown))
      throw thrown
    }
  })
}

/** A C++ exception arrives as its address. */
const reasonOf = (thrown: unknown) =>
  typeof thrown === 'number' ? 'C++ exception, most likely from GEOS: is the geometry valid?' : String(thrown)
