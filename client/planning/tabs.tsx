import { lazy, type ComponentType } from 'react'
import type { PlanTab } from '../data/view.ts'

const GridSheet = lazy(() => import('./GridSheet.tsx').then(({ GridSheet: Sheet }) => ({ default: Sheet })))

const ImpactSheet = lazy(() =>
  import('./impact/ImpactSheet.tsx').then(({ ImpactSheet: Sheet }) => ({ default: Sheet })),
)

const SuggestSheet = lazy(() =>
  import('./suggest/SuggestSheet.tsx').then(({ SuggestSheet: Sheet }) => ({ default: Sheet })),
)

const CompareSheet = lazy(() =>
  import('./scenarios/CompareSheet.tsx').then(({ CompareSheet: Sheet }) => ({ default: Sheet })),
)

const LogSheet = lazy(() =>
  import('./scenarios/LogSheet.tsx').then(({ LogSheet: Sheet }) => ({ default: Sheet })),
)

const CommentsSheet = lazy(() =>
  import('./scenarios/CommentsSheet.tsx').then(({ CommentsSheet: Sheet }) => ({ default: Sheet })),
)

const DecideSheet = lazy(() =>
  import('./scenarios/DecideSheet.tsx').then(({ DecideSheet: Sheet }) => ({ default: Sheet })),
)

const FilesSheet = lazy(() =>
  import('./files/FilesSheet.tsx').then(({ FilesSheet: Sheet }) => ({ default: Sheet })),
)

/** What is told of an open draft, by hand and in the order of the tabs. Sheets take no properties: they read the session. */
export const TAB_SHEETS: Partial<Record<PlanTab, ComponentType>> = {
  grid: GridSheet,
  impact: ImpactSheet,
  suggest: SuggestSheet,
  compare: CompareSheet,
  log: LogSheet,
  comments: CommentsSheet,
  decide: DecideSheet,
  files: FilesSheet,
}

export const TABS = Object.keys(TAB_SHEETS) as readonly PlanTab[]
