import { sidesOf, type Draft, type GridKey } from '#geo/plan/draft'
import { arcsOf, handleAt, movesOf, type Handle } from './hit.ts'
import { pixelsBetween, type Place } from './place.ts'
import { toolOf, type Host, type Tool } from './tool.ts'

/** Way in px before a press is a drag. */
const DRAG_PX = 4
/** How far an arrow key moves a point, in px. */
const NUDGE_PX = 2

/** Moves points of the shared border: both grids follow, since there is one line only. */
export function borderTool(host: Host): Tool {
  let held: Handle | null = null
  let start: Place | null = null
  let isDragging = false
  let last: Place | null = null

  const find = (place: Place): Handle | null => {
    const now = host.now()
    return now && handleAt(now.draft, place)
  }

  function show(handle: Handle | null): void {
    const now = host.now()
    host.sketch({ handle, grids: now && handle ? ownersOf(now.draft, handle) : [] })
  }

  function forget(): void {
    held = null
    start = null
    isDragging = false
    host.drop()
    show(null)
  }

  function choose(handle: Handle | null): void {
    host.sketch({ vertex: handle && handle.kind !== 'edge' ? handle : null })
    const now = host.now()
    const [first] = now && handle ? ownersOf(now.draft, handle) : []
    const chosen = host.chosen()
    if (handle === null || first === undefined || !now) return
    if (chosen === null || !ownersOf(now.draft, handle).includes(chosen)) host.choose(first)
  }

  function add(place: Place): void {
    const handle = find(place)
    if (handle?.kind !== 'edge') return
    const { arc, index, at } = handle
    if (host.perform([{ kind: 'add-vertex', arc, index, at }], place).ok)
      choose({ kind: 'vertex', arc, index, at })
  }

  return toolOf({
    cursor: 'default',
    down(place) {
      held = find(place)
      start = place
      isDragging = false
      last = place
      if (!held) return 'leave'
      show(held)
      return 'take'
    },
    move(place, press) {
      last = place
      if (press === 'free' || !held || !start) return show(find(place))
      if (!isDragging && pixelsBetween(start.at, place.at, place.scale) < DRAG_PX) return
      isDragging = true
      const outcome = host.preview(movesOf(held, place.at), place)
      host.sketch({ handle: { ...held, at: place.at }, ...(outcome.ok ? { refused: null } : {}) })
    },
    up(place) {
      const [handle, wasDragging] = [held, isDragging]
      held = null
      start = null
      isDragging = false
      host.drop()
      if (!handle) return
      if (!wasDragging) {
        choose(handle)
        return
      }
      const outcome = host.perform(movesOf(handle, place.at), place)
      if (outcome.ok && handle.kind !== 'node') {
        host.sketch({ vertex: { kind: 'vertex', arc: handle.arc, index: handle.index, at: place.at } })
      } else if (outcome.ok) host.sketch({ vertex: { ...handle, at: place.at } })
      show(null)
    },
    click(place) {
      choose(null)
      const now = host.now()
      host.choose(now?.draft.labels.get(now.meter.atomAt(place.at)) ?? null)
    },
    double: add,
    long(place) {
      if (place.kind !== 'touch' || isDragging) return
      forget()
      add(place)
    },
    cancel: forget,
    key: (key) => vertexKey(host, key, last?.scale ?? [100, 100]),
  })
}

/** The grids that a handle parts, without the outside. */
function ownersOf(draft: Draft, handle: Handle): readonly GridKey[] {
  const found = new Set(arcsOf(draft, handle).flatMap((arc) => sidesOf(draft, arc)))
  found.delete(0)
  return [...found]
}

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** Arrows nudge the chosen point, Delete takes it out. */
function vertexKey(host: Host, key: string, [sx, sy]: Place['scale']): boolean {
  const vertex = host.vertex()
  const now = host.now()
  if (!vertex || !now || vertex.kind === 'edge') return false
  const by = ARROWS[key]
  if (by) {
    const to = [
      Math.round(vertex.at[0] + by[0] * NUDGE_PX * sx),
      Math.round(vertex.at[1] + by[1] * NUDGE_PX * sy),
    ] as const
    if (host.perform(movesOf(vertex, to), null).ok) host.sketch({ vertex: { ...vertex, at: to } })
    return true
  }
  if ((key !== 'Delete' && key !== 'Backspace') || vertex.kind !== 'vertex') return false
  const { arc, index } = vertex
  if (host.perform([{ kind: 'remove-vertex', arc, index }], null).ok) host.sketch({ vertex: null })
  return true
}
