import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { listConditions, type Condition } from '#contract/deadlines'
import { call } from '../data/api.ts'

const RARELY = 10 * 60_000

/** Filing conditions in force of one class, in their order; undefined until they are here. */
export function useConditions(category: string): readonly Condition[] | undefined {
  const { data } = useQuery({
    queryKey: ['conditions'],
    queryFn: ({ signal }) => call(listConditions, { signal }),
    staleTime: RARELY,
  })
  return useMemo(
    () => data?.filter((each) => each.category === category).toSorted((a, b) => a.ordinal - b.ordinal),
    [data, category],
  )
}
