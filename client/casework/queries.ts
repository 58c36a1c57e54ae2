import { useMemo } from 'react'
import type { Condition } from '#contract/deadlines'
import { useConditions } from '../data/catalog.ts'

/** Filing conditions in force of one class, in their order; undefined until they are here. */
export function useConditionsOf(category: string): readonly Condition[] | undefined {
  const { data } = useConditions()
  return useMemo(
    () => data?.filter((each) => each.category === category).toSorted((a, b) => a.ordinal - b.ordinal),
    [data, category],
  )
}
