import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { listConditions, type Condition } from '#contract/deadlines'
import { call } from '../data/api.ts'

const RARELY = 10 * 60_000
const NONE: readonly Condition[] = []

/** Filing conditions in force of one class, in their order. */
export function useConditions(category: string): readonly Condition[] {
  const { data = NONE } = useQuery({
    queryKey: ['conditions'],
    queryFn: ({ signal }) => call(listConditions, { signal }),
    staleTime: RARELY,
  })
  return useMemo(
    () => data.filter((each) => each.category === category).toSorted((a, b) => a.ordinal - b.ordinal),
    [data, category],
  )
}
