import { useMemo } from 'react'
import { ASKS, EVENT_SOURCES, EVENT_STATUSES, LIGHTS, type EventFilter } from '#contract/events'
import { useCategories, useGrids, useSubdistrict, useUnits } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { useHeat, useTotals } from './queries.ts'

/** Conditions that are chosen from a list of values. */
export const FACETS = ['status', 'light', 'category', 'grid', 'community', 'source', 'unit', 'asks'] as const
export type Facet = (typeof FACETS)[number]

export interface Option {
  readonly value: string
  readonly label: string
  readonly group?: string
}

export function chosenOf(filter: EventFilter, facet: Facet): readonly string[] {
  return (filter[facet] ?? []).map(String)
}

/** The filter with a facet's values replaced; none at all removes the condition. */
export function withFacet(filter: EventFilter, facet: Facet, values: readonly string[]): EventFilter {
  const { [facet]: _, ...rest } = filter
  if (values.length === 0) return rest
  return { ...rest, [facet]: facet === 'grid' ? values.map(Number) : values } as EventFilter
}

export function useOptions(facet: Facet): readonly Option[] {
  const { t, either } = useLocal()
  const categories = useCategories()
  const grids = useGrids().data?.features
  const communities = useSubdistrict().data?.communities
  const units = useUnits()
  return useMemo(() => {
    switch (facet) {
      case 'status':
        return EVENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))
      case 'light':
        return LIGHTS.map((value) => ({ value, label: t(`light.${value}`) }))
      case 'source':
        return EVENT_SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))
      case 'asks':
        return ASKS.map((value) => ({ value, label: t(`ask.${value}`) }))
      case 'unit':
        return units.map(({ code, name }) => ({ value: code, label: either(name.zh, name.en) }))
      case 'category':
        return categories.map(({ code, name, group }) => ({
          value: code,
          label: either(name.zh, name.en),
          group: groupName(t, group),
        }))
      case 'community':
        return (communities ?? []).map(({ code, name, nameEn }) => ({
          value: code,
          label: either(name, nameEn),
        }))
      case 'grid':
        return [
          { value: '0', label: t('filter.noGrid') },
          ...(grids ?? []).map(({ id, properties: p }) => ({
            value: String(id),
            label: either(p.name, p.nameEn),
            group: either(p.community.name, p.community.nameEn),
          })),
        ]
    }
  }, [facet, t, either, categories, grids, communities, units])
}

/** The class group's name; a group that this console has no word for is shown by its code. */
function groupName(t: ReturnType<typeof useLocal>['t'], group: string): string {
  const name: string = t(`group.${group}` as 'group.other', { defaultValue: '' })
  return name || group
}

const VALUES: Partial<Record<Facet, readonly string[]>> = {
  status: EVENT_STATUSES,
  light: LIGHTS,
  source: EVENT_SOURCES,
  asks: ASKS,
}
const NONE: readonly string[] = []

/** How many events each value of a facet would bring, given all other conditions; asked only while the menu is open. */
export function useCounts(facet: Facet, filter: EventFilter): ReadonlyMap<string, number> {
  const rest = withFacet(filter, facet, [])
  const units = useUnits()
  const values = facet === 'unit' ? units.map(({ code }) => code) : (VALUES[facet] ?? NONE)
  const totals = useTotals(values.map((value) => withFacet(rest, facet, [value])))
  const cells = useHeat(rest, values.length === 0 ? 'now' : 'never').data?.cells
  const grids = useGrids().data?.features
  if (values.length > 0) return new Map(values.map((value, k) => [value, totals[k] ?? 0]))
  const communities = new Map(grids?.map((grid) => [grid.id, grid.properties.community.code]))
  const counts = new Map<string, number>()
  for (const cell of cells ?? []) {
    const value = valueOf(cell, facet, communities)
    counts.set(value, (counts.get(value) ?? 0) + cell.count)
  }
  return counts
}

interface Cell {
  readonly gridId: number | null
  readonly category: string
}

function valueOf(cell: Cell, facet: Facet, communities: ReadonlyMap<number, string>): string {
  if (facet === 'category') return cell.category
  return facet === 'grid' ? String(cell.gridId ?? 0) : (communities.get(cell.gridId ?? 0) ?? '')
}
