import { useQuery } from '@tanstack/react-query'
import { findNear, readCase, suggestUnits } from '#contract/casework'
import { readEvent } from '#contract/events'
import { call } from './api.ts'

/** One event whole; a step of the feed about it makes this ask again (app/refresh). */
export function useEvent(id: number) {
  return useQuery({
    queryKey: ['event', id],
    queryFn: ({ signal }) => call(readEvent, { params: { id }, signal }),
  })
}

/** Its casework: clocks, units, requests, obligations, photos. */
export function useCase(id: number) {
  return useQuery({
    queryKey: ['event', id, 'case'],
    queryFn: ({ signal }) => call(readCase, { params: { id }, signal }),
  })
}

/** Likely duplicates. */
export function useNear(id: number) {
  return useQuery({
    queryKey: ['event', id, 'near'],
    queryFn: ({ signal }) => call(findNear, { params: { id }, signal }),
  })
}

/** Units for a dispatch, best first, with their load. */
export function useSuggestedUnits(id: number) {
  return useQuery({
    queryKey: ['event', id, 'units'],
    queryFn: ({ signal }) => call(suggestUnits, { params: { id }, signal }),
  })
}
