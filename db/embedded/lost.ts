import type { PGlite } from '@electric-sql/pglite'
import { isReportable, wrapMainLoop } from './backend.ts'

/**
 * Two ways in which this build of PGlite loses an error. `OnLost` must not return: the state left behind is that of no
 * defined moment, and the next message, be it a mere Sync, would commit half a statement.
 */
export type OnLost = (reason: string) => never

/** What Emscripten hands over before it makes the wasm modules, as far as it matters here. */
export type EmscriptenOptions = {
  instantiateWasm?: (imports: WebAssembly.Imports, done: unknown) => unknown
}

/**
 * GEOS reports its failures as C++ exceptions, and nothing in this build can catch one: it flies out through PostgreSQL,
 * and the first frame with a setjmp (that of an EXCEPTION block in PL/pgSQL, or PGlite itself) drops it and goes on. The
 * statement is skipped without a word and the rest of the transaction commits. So a throw is the end, at once. Nothing
 * throws that succeeds: measured on 1,200 overlays of nearly equal polygons, and on projections.
 */
export function catchThrows(options: EmscriptenOptions, onLost: OnLost): void {
  const { instantiateWasm } = options
  if (instantiateWasm === undefined) throw new Error('this PGlite makes its modules in another way')
  options.instantiateWasm = (imports, done) => {
    const { env } = imports
    if (typeof env?.['__cxa_throw'] !== 'function')
      throw new Error('this PGlite has C++ exceptions of another kind')
    // The modules of the extensions take their imports from the same object.
    env['__cxa_throw'] = () => onLost('C++ exception, most likely from GEOS: is the geometry valid?')
    return instantiateWasm(imports, done)
  }
}

/**
 * A trap of the wasm itself (a stack that overflows, memory that ends) leaves the main loop and is no error that PGlite
 * can report; afterwards it answers nothing, for ever.
 */
export function catchTraps(lite: PGlite, onLost: OnLost): void {
  wrapMainLoop(lite, (loopOnce) => () => {
    try {
      loopOnce()
    } catch (thrown) {
      if (!isReportable(lite)) onLost(wordsOf(thrown))
      throw thrown
    }
  })
}

/** Emscripten throws what it has: errors, and objects that are none. */
function wordsOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  return 'message' in thrown ? String(thrown.message) : JSON.stringify(thrown)
}
