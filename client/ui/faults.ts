import { Refusal } from '../data/api.ts'
import { useSentence } from './States.tsx'

/** A refusal put where it belongs: at the field that it names, or, where the form has no such field, above them all. */
export interface Faults<Name extends string> {
  readonly at: (name: Name) => string | null
  readonly general: string | null
}

export function useFaults<const Name extends string>(error: unknown, names: readonly Name[]): Faults<Name> {
  const sentence = useSentence()
  const field = fieldOf(error)
  const named = names.find((name) => name === field)
  const said = error ? sentence(error) : null
  return { at: (name) => (name === named ? said : null), general: named === undefined ? said : null }
}

function fieldOf(error: unknown): string | null {
  if (!(error instanceof Refusal)) return null
  const [, field] = /^(?:\/body)?\/([^/]+)/.exec(error.problem.field ?? '') ?? []
  return field ?? null
}
