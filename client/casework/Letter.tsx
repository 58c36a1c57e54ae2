import type { Move } from '#contract/casework'
import { letterOf } from './moves.ts'

/** The key of a move, on its button. */
export function Letter({ move }: { readonly move: Move }) {
  const letter = letterOf(move)
  return letter ? <kbd aria-hidden>{letter}</kbd> : null
}
