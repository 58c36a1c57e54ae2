import { useMemo } from 'react'
import type { Impact } from '#geo/plan/impact'
import { useImpact } from '../impact/subject.ts'
import { usePlanning } from '../session.ts'

/** The open draft against what it was forked from. */
export function useOwnImpact(): Impact | null {
  const before = usePlanning((planning) => planning.base)
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const tick = usePlanning((planning) => planning.tick)
  const after = useMemo(() => (draft && meter ? { draft, meter } : null), [draft, meter])
  return useImpact(before, after, tick)
}
