import { lazy, type ComponentType } from 'react'
import type { PlanTab } from '../data/view.ts'

const GridSheet = lazy(() => import('./GridSheet.tsx').then(({ GridSheet: Sheet }) => ({ default: Sheet })))

const ImpactSheet = lazy(() =>
  import('./impact/ImpactSheet.tsx').then(({ ImpactSheet: Sheet }) => ({ default: Sheet })),
)

const SuggestSheet = lazy(() =>
  import('./suggest/SuggestSheet.tsx').then(({ SuggestSheet: Sheet }) => ({ default: Sheet })),
)

const FilesSheet = lazy(() =>
  import('./files/FilesSheet.tsx').then(({ FilesSheet: Sheet }) => ({ default: Sheet })),
)

/** What is told of an open draft, by hand and in the order of the tabs. Sheets take no properties: they read the session. */
export const TAB_SHEETS: Partial<Record<PlanTab, ComponentType>> = {
  grid: GridSheet,
  impact: ImpactSheet,
  suggest: SuggestSheet,
  files: FilesSheet,
}

export const TABS = Object.keys(TAB_SHEETS) as readonly PlanTab[]
