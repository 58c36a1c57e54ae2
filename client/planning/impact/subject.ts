import { createContext, use, useDeferredValue, useMemo } from 'react'
import type { GridKey } from '#geo/plan/draft'
import { impactOf, type Impact, type Side } from '#geo/plan/impact'
import { placeOfGrid } from '#geo/plan/places'
import type { Sites } from '#geo/plan/sites'
import { toPosition } from '#geo/lattice'
import { useLocal } from '../../i18n/local.ts'
import { flyTo } from './pointed.ts'

/** What a sheet is about: two sides of a comparison, and what a press on a grid does. */
export interface Subject {
  readonly before: Side
  readonly after: Side
  readonly impact: Impact
  readonly sites: Sites
  readonly choose: (key: GridKey) => void
}

const SubjectContext = createContext<Subject | null>(null)
export const SubjectProvider = SubjectContext.Provider

export function useSubject(): Subject {
  const subject = use(SubjectContext)
  if (!subject) throw new Error('a part of the impact sheet stands outside of it')
  return subject
}

/** The impact of what the sides are now. `tick` rises when one of them changes; while a border is dragged the map goes first. */
export function useImpact(before: Side | null, after: Side | null, tick: number): Impact | null {
  const seen = useDeferredValue(tick)
  // The sides are the same objects all the time: it is `seen` that says when they have changed.
  return useMemo(() => (before && after && seen >= 0 ? impactOf(before, after) : null), [before, after, seen])
}

/** The name of a grid, of whichever side has it, in the reader's language. */
export function useNameOf(): (key: GridKey) => string {
  const { before, after } = useSubject()
  const { t, either } = useLocal()
  return (key) => {
    const grid = after.draft.grids.get(key) ?? before.draft.grids.get(key)
    return grid ? either(grid.name, grid.nameEn) : t('impact.outside')
  }
}

export function useWorkerName(): (id: number) => string {
  const { sites } = useSubject()
  return (id) => sites.workers.find((worker) => worker.id === id)?.name ?? `#${id}`
}

/** Takes the camera to a grid, where it is now or was. */
export function flyToGrid({ before, after }: Pick<Subject, 'before' | 'after'>, key: GridKey): void {
  const { draft } = after.draft.grids.has(key) ? after : before
  const place = placeOfGrid(draft, key)
  if (place) flyTo([toPosition(place)])
}
