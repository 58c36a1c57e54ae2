import { ASKS, EVENT_SOURCES, EVENT_STATUSES, LIGHTS, type EventFilter } from '#contract/events'
import {
  GRID_PAINTS,
  HEAT_PAINTS,
  PANELS,
  PLAN_PAINTS,
  PLAN_TABS,
  PLAN_TOOLS,
  START,
  useView,
  type Camera,
  type PlanRef,
  type PlanView,
  type Selection,
  type View,
} from './view.ts'

/** The view as search parameters: short, readable, and only what differs from the start. */
export function encode(view: View): string {
  const { panel, mode, selection, grids, heat, camera } = view
  const pairs: [key: string, value: string | undefined][] = [
    ['panel', panel === START.panel ? undefined : (panel ?? 'none')],
    ['mode', mode === START.mode ? undefined : mode],
    [selection.kind, selection.kind === 'none' ? undefined : String(selection.id)],
    ...filterPairs(view.filter),
    ['paint', grids === START.grids ? undefined : grids],
    ['heat', heat === START.heat ? undefined : heat],
    ...planPairs(view.plan),
    ['at', camera ? cameraText(camera) : undefined],
  ]
  return pairs
    .filter(([, value]) => value)
    .map(([key, value = '']) => `${key}=${escape(value)}`)
    .join('&')
}

function planPairs({ open, against, tool, tab, grid, paint }: PlanView): [string, string | undefined][] {
  if (!open) return []
  return [
    ['draft', refText(open)],
    ['against', against ? refText(against) : undefined],
    ['tool', tool === START.plan.tool ? undefined : tool],
    ['tab', tab === START.plan.tab ? undefined : tab],
    ['drawn', grid === null ? undefined : String(grid)],
    ['by', paint === START.plan.paint ? undefined : paint],
  ]
}

const refText = ({ kind, id }: PlanRef): string => `${kind}-${id}`

function filterPairs(filter: EventFilter): [key: string, value: string | undefined][] {
  return [
    ['state', filter.state],
    ['status', filter.status?.join()],
    ['light', filter.light?.join()],
    ['category', filter.category?.join()],
    ['in', filter.grid?.join()],
    ['community', filter.community?.join()],
    ['source', filter.source?.join()],
    ['unit', filter.unit?.join()],
    ['asks', filter.asks?.join()],
    ['watched', filter.watched],
    ['mine', filter.mine],
    ['from', filter.from && shortInstant(filter.from)],
    ['to', filter.to && shortInstant(filter.to)],
    ['closed', filter.closedFrom && shortInstant(filter.closedFrom)],
    ['bbox', filter.bbox],
    ['q', filter.text],
  ]
}

/** The view that search parameters describe; what they do not say, or say wrongly, is as at the start. */
export function decode(search: string): View {
  const params = new URLSearchParams(search)
  return {
    panel: params.get('panel') === 'none' ? null : (oneOf(PANELS, params.get('panel')) ?? START.panel),
    mode: params.get('mode') === 'report' ? 'report' : START.mode,
    selection: selectionOf(params),
    filter: filterOf(params),
    grids: oneOf(GRID_PAINTS, params.get('paint')) ?? START.grids,
    heat: oneOf(HEAT_PAINTS, params.get('heat')) ?? START.heat,
    plan: planOf(params),
    camera: cameraOf(params.get('at')),
  }
}

function planOf(params: URLSearchParams): PlanView {
  const open = refOf(params.get('draft'))
  if (!open) return START.plan
  return {
    open,
    against: refOf(params.get('against')),
    tool: oneOf(PLAN_TOOLS, params.get('tool')) ?? START.plan.tool,
    tab: oneOf(PLAN_TABS, params.get('tab')) ?? START.plan.tab,
    grid: gridKey(params.get('drawn')),
    paint: oneOf(PLAN_PAINTS, params.get('by')) ?? START.plan.paint,
  }
}

function refOf(text: string | null): PlanRef | null {
  const [kind, number = ''] = text?.split('-') ?? []
  const id = wholeNumber(number)
  return id && (kind === 'plan' || kind === 'scenario') ? { kind, id } : null
}

/** Grids that a draft makes count down from -1. */
function gridKey(text: string | null): number | null {
  return text && /^-?[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

function selectionOf(params: URLSearchParams): Selection {
  for (const kind of ['event', 'grid', 'dispute'] as const) {
    const id = wholeNumber(params.get(kind))
    if (id) return { kind, id }
  }
  return START.selection
}

function filterOf(params: URLSearchParams): EventFilter {
  const state = oneOf(['open', 'ended'] as const, params.get('state'))
  const bbox = params.get('bbox')
  const text = params.get('q')?.trim().slice(0, 100)
  return compact({
    state,
    status: someOf(EVENT_STATUSES, params.get('status')),
    light: someOf(LIGHTS, params.get('light')),
    category: codes(params.get('category'), 16),
    grid: words(params.get('in'))
      ?.map(wholeNumber)
      .filter((id) => id !== null),
    community: codes(params.get('community'), 32),
    source: someOf(EVENT_SOURCES, params.get('source')),
    unit: codes(params.get('unit'), 16),
    asks: someOf(ASKS, params.get('asks')),
    watched: oneOf(['yes'] as const, params.get('watched')),
    mine: oneOf(['yes'] as const, params.get('mine')),
    from: instantOf(params.get('from')),
    to: instantOf(params.get('to')),
    closedFrom: instantOf(params.get('closed')),
    bbox: bbox && bbox.length <= 100 && /^-?[0-9.]+(,-?[0-9.]+){3}$/.test(bbox) ? bbox : undefined,
    text: text || undefined,
  })
}

/** Leaves out what is undefined or empty, so that equal filters are equal values. */
function compact(filter: { [K in keyof EventFilter]: EventFilter[K] | undefined }): EventFilter {
  const said = Object.entries(filter).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  )
  return Object.fromEntries(said) as EventFilter
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | undefined {
  return values.find((value) => value === text)
}

function words(text: string | null): string[] | undefined {
  return text ? [...new Set(text.split(','))] : undefined
}

function someOf<T extends string>(values: readonly T[], text: string | null): T[] | undefined {
  return words(text)?.flatMap((word) => oneOf(values, word) ?? [])
}

function codes(text: string | null, longest: number): string[] | undefined {
  return words(text)?.filter((word) => word.length <= longest && /^[\w-]+$/.test(word))
}

function wholeNumber(text: string | null): number | null {
  if (!text || !/^\d{1,15}$/.test(text)) return null
  return Number(text)
}

function instantOf(text: string | null): string | undefined {
  const ms = text ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}

function shortInstant(instant: string): string {
  return new Date(instant).toISOString().replace(/(:00)?\.000Z$/, 'Z')
}

function cameraText(camera: Camera): string {
  const [lng, lat] = camera.center
  return [lng.toFixed(5), lat.toFixed(5), camera.zoom.toFixed(2)].map(Number).join()
}

function cameraOf(text: string | null): Camera | null {
  const [lng, lat, zoom, ...rest] = (text ?? '')
    .split(',')
    .map((part) => (part === '' ? Number.NaN : Number(part)))
  if (lng === undefined || lat === undefined || zoom === undefined || rest.length > 0) return null
  const isSane = Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24
  return isSane ? { center: [lng, lat], zoom } : null
}

/** Another draft, tool or tab is a step; which grid of it is chosen is not. */
function isPlanStep(plan: PlanView, before: PlanView): boolean {
  return (['open', 'against', 'tool', 'tab'] as const).some((part) => plan[part] !== before[part])
}

/** Commas and colons are legal in a query and far easier to read than %2C and %3A. */
function escape(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')
}

/** Keeps the address bar and the view the same; a new panel, selection or mode is a step for the Back button. */
export function openUrl(): () => void {
  useView.setState(decode(location.search))
  const back = () => useView.setState(decode(location.search))
  window.addEventListener('popstate', back)
  const stop = useView.subscribe((view, before) => {
    const search = encode(view)
    if (search === encode(decode(location.search))) return
    const isStep =
      view.panel !== before.panel ||
      view.mode !== before.mode ||
      view.selection !== before.selection ||
      isPlanStep(view.plan, before.plan)
    const url = search ? `?${search}` : location.pathname
    if (isStep) history.pushState(null, '', url)
    if (!isStep) history.replaceState(null, '', url)
  })
  return () => {
    window.removeEventListener('popstate', back)
    stop()
  }
}
