import { useQuery } from '@tanstack/react-query'
import { readBasemap, readBuildings } from '#contract/places'
import { call } from '../data/api.ts'
import type { Feature } from '../map/scene.ts'

const NONE: readonly Feature[] = []

/** What the ground is drawn from; it does not change while the console is open. */
export function useBasemap(): readonly Feature[] {
  const query = useQuery({
    queryKey: ['places', 'basemap'],
    queryFn: async ({ signal }) => (await call(readBasemap, { signal })).features as Feature[],
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return query.data ?? NONE
}

/** Thousands of footprints, asked for once the map is close. */
export function useBuildings(when: 'now' | 'never'): readonly Feature[] {
  const query = useQuery({
    queryKey: ['places', 'buildings'],
    queryFn: async ({ signal }) => (await call(readBuildings, { signal })).features as Feature[],
    enabled: when === 'now',
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  return query.data ?? NONE
}
