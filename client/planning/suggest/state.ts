import { usePlanning } from '../session.ts'

/** Names a state of the open draft; what is only shown on the map makes no difference. */
export function useStateName(): string {
  const origin = usePlanning((planning) => planning.origin)
  const head = usePlanning((planning) => planning.head)
  return `${origin?.kind} ${origin?.id} ${head}`
}
