import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { listUnits, type Unit } from '#contract/accounts'
import { listConditions } from '#contract/deadlines'
import { listCategories, type Category } from '#contract/events'
import { listGrids, type GridFeature } from '#contract/grids'
import { readSubdistrict } from '#contract/places'
import { call } from './api.ts'
import { useLocal } from '../i18n/local.ts'

/** What changes rarely and every feature needs: the sub-district, its grids, the event classes. */
const RARELY = 10 * 60_000

export function useSubdistrict() {
  return useQuery({
    queryKey: ['subdistrict'],
    queryFn: ({ signal }) => call(readSubdistrict, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useGrids() {
  return useQuery({
    queryKey: ['grids'],
    queryFn: ({ signal }) => call(listGrids, { signal }),
    staleTime: RARELY,
  })
}

const NO_GRIDS: readonly GridFeature[] = []

/** Grids by id; empty until they are here. */
export function useGridsById(): ReadonlyMap<number, GridFeature['properties']> {
  const grids = useGrids().data?.features ?? NO_GRIDS
  return useMemo(() => new Map(grids.map((grid) => [grid.id, grid.properties])), [grids])
}

/** The name of a grid in the reader's language. */
export function useGridName(): (id: number | null) => string | null {
  const grids = useGridsById()
  const { either } = useLocal()
  return (id) => {
    const grid = id === null ? undefined : grids.get(id)
    return grid ? either(grid.name, grid.nameEn) : null
  }
}

const NO_CATEGORIES: readonly Category[] = []

export function useCategories(): readonly Category[] {
  const query = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => call(listCategories, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return query.data ?? NO_CATEGORIES
}

/** The name of an event class in the reader's language; its code until the classes are here. */
export function useCategoryName(): (code: string) => string {
  const categories = useCategories()
  const { either } = useLocal()
  const byCode = useMemo(() => new Map(categories.map((each) => [each.code, each.name])), [categories])
  return (code) => {
    const name = byCode.get(code)
    return name ? either(name.zh, name.en) : code
  }
}

export const CONDITIONS = ['conditions'] as const

/** Filing conditions in force, of all classes. */
export function useConditions() {
  return useQuery({
    queryKey: CONDITIONS,
    queryFn: ({ signal }) => call(listConditions, { signal }),
    staleTime: RARELY,
  })
}

const NO_UNITS: readonly Unit[] = []

export function useUnits(): readonly Unit[] {
  const query = useQuery({
    queryKey: ['units'],
    queryFn: ({ signal }) => call(listUnits, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return query.data ?? NO_UNITS
}

/** The name of a handling unit in the reader's language; its code until the units are here. */
export function useUnitName(): (code: string) => string {
  const units = useUnits()
  const { either } = useLocal()
  const byCode = useMemo(() => new Map(units.map(({ code, name }) => [code, name])), [units])
  return (code) => {
    const name = byCode.get(code)
    return name ? either(name.zh, name.en) : code
  }
}
