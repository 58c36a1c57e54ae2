import { useQuery } from '@tanstack/react-query'
import { readGrid } from '#contract/grids'
import { call } from './api.ts'

export function useGrid(id: number) {
  return useQuery({
    queryKey: ['grid', id],
    queryFn: ({ signal }) => call(readGrid, { params: { id }, signal }),
  })
}
