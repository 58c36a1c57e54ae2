import { Refusal } from '../data/api.ts'
import { useSentence } from './States.tsx'

/** A refusal put where it belongs: at the field that it names, or, where the form has no such field, above them all. */
interface Faults<Name extends string> {
  readonly at: (name: Name) => string | null
  readonly general: string | null
}

/**
 * `names` are the fields of the form, as the request has them: `login`, `limit/unit`. What is refused inside of one is
 * refused of it. `within` is the part of the request that the form is.
 */
export function useFaults<const Name extends string>(
  error: unknown,
  names: readonly Name[],
  within = '',
): Faults<Name> {
  const sentence = useSentence()
  const pointer = error instanceof Refusal ? (error.problem.field ?? '') : ''
  const field = pointer.startsWith(within) ? pointer.slice(within.length + 1) : ''
  const named = names.find((name) => field === name || field.startsWith(`${name}/`))
  const said = error ? sentence(error) : null
  return { at: (name) => (name === named ? said : null), general: named === undefined ? said : null }
}
