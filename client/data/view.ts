import { create } from 'zustand'
import type { EventFilter } from '#contract/events'
import type { Position } from '#geo/geojson'

/** What the person looks at: one immutable value, small, and kept in the URL (see url.ts), so that any view is a link. */
export interface View {
  /** The left list; null when closed. */
  readonly panel: PanelName | null
  readonly mode: ModeName
  readonly selection: Selection
  /** Drives map, list, charts and counts alike. Its from and to are the time window of the strip. */
  readonly filter: EventFilter
  readonly grids: GridPaint
  readonly heat: HeatPaint
  readonly plan: PlanView
  readonly camera: Camera | null
}

/** In the order of the rail; who may use which says app/rights. */
export const PANELS = [
  'live',
  'mine',
  'intake',
  'dispatch',
  'unit',
  'closing',
  'desk',
  'supervision',
  'events',
  'disputes',
  'grids',
  'planning',
  'rules',
  'people',
  'audit',
  'settings',
] as const
export type PanelName = (typeof PANELS)[number]
type ModeName = 'browse' | 'report'

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'event'; readonly id: number }
  | { readonly kind: 'grid'; readonly id: number }
  | { readonly kind: 'dispute'; readonly id: number }

/** What of planning is open: a draft (scenario) or a plan, by which tool, and what it is compared with. */
export interface PlanView {
  readonly open: PlanRef | null
  readonly against: PlanRef | null
  readonly tool: PlanTool
  readonly tab: PlanTab
  /** The chosen grid, by its key in the draft: negative where the draft makes it. */
  readonly grid: number | null
  readonly paint: PlanPaint
}

export interface PlanRef {
  readonly kind: 'plan' | 'scenario'
  readonly id: number
}

/** `look` only chooses; the others stand in the order of their keys, 1 to 7. */
export const PLAN_TOOLS = ['look', 'paint', 'border', 'split', 'merge', 'station', 'lock', 'compare'] as const
export type PlanTool = (typeof PLAN_TOOLS)[number]
export const PLAN_TABS = [
  'grid',
  'impact',
  'suggest',
  'compare',
  'log',
  'comments',
  'decide',
  'files',
] as const
export type PlanTab = (typeof PLAN_TABS)[number]
/** Grids of a draft by themselves, by the deviation of their hours from the mean, or by households. */
export const PLAN_PAINTS = ['plan', 'hours', 'households'] as const
export type PlanPaint = (typeof PLAN_PAINTS)[number]

/** Choropleth of the grids: minutes to the first deadline breach, kind of grid, open events, or outlines only. */
export const GRID_PAINTS = ['deadline', 'kind', 'open', 'plain'] as const
export type GridPaint = (typeof GRID_PAINTS)[number]
/** How the past is drawn: not at all, single dots, smooth density, or hexagon bins. */
export const HEAT_PAINTS = ['off', 'dots', 'heat', 'hexagon'] as const
export type HeatPaint = (typeof HEAT_PAINTS)[number]

export interface Camera {
  readonly center: Position
  readonly zoom: number
}

export const START: View = {
  panel: 'live',
  mode: 'browse',
  selection: { kind: 'none' },
  filter: {},
  grids: 'deadline',
  heat: 'off',
  plan: { open: null, against: null, tool: 'look', tab: 'grid', grid: null, paint: 'plan' },
  camera: null,
}

interface ViewStore extends View {
  readonly set: (part: Partial<View>) => void
}

export const useView = create<ViewStore>()((set) => ({ ...START, set: (part) => set(part) }))
