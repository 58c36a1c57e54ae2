import { create } from 'zustand'
import { live, type Step } from '#contract/trail'
import { listEvents, type EventRow } from '#contract/events'
import { call } from './api.ts'
import {
  compareIds,
  follow,
  fromSnapshot,
  NO_ROWS,
  NOWHERE,
  rowOf,
  withRows,
  type Place,
  type Rows,
} from './rows.ts'

type Connection = 'connecting' | 'live' | 'lost'

/** The live half of the console's data: rows that follow the trail, and how fresh they are. */
interface Live extends Rows {
  /** A first snapshot is here; until then `open` says nothing. */
  readonly loaded: boolean
  readonly connection: Connection
  /** This machine's clock when the server was last heard. */
  readonly heardAt: number | null
  /** Server clock minus this machine's clock. */
  readonly skewMs: number
  /** Lines of the trail found missing; must stay 0. */
  readonly gaps: number
  readonly snapshots: number
  /** The latest batch of steps, for whoever reacts to a change rather than to the rows. */
  readonly batch: readonly Step[]
}

export const useLive = create<Live>()(() => ({
  ...NO_ROWS,
  loaded: false,
  connection: 'connecting',
  heardAt: null,
  skewMs: 0,
  gaps: 0,
  snapshots: 0,
  batch: [],
}))

/** Present time as the server sees it. */
export const serverNow = (): number => Date.now() + useLive.getState().skewMs

/** The server beats every 10 s; a line that is silent for longer is dead though it looks open. */
const SILENCE_MS = 35_000
const RETRY_MS = 2_000
const PAGE = 2000

/**
 * Follows the feed until the returned function is called. Who reads no events has no rows to load; the feed then says only
 * that the server is there.
 */
export function openLive(rows: 'events' | 'none'): () => void {
  let source: EventSource
  let place: Place = NOWHERE
  let queue: Step[] = []
  /** Rows that came while a snapshot is on its way; null when none is. */
  let since: EventRow[] | null = null
  let again = false
  /** The snapshot holds the outcome of every step up to this one; what comes late of them would only undo it. */
  let basis: string | null = null
  let frame = 0
  let connectedAt = 0
  let closed = false

  function connect(): void {
    connectedAt = Date.now()
    source = new EventSource(live.path)
    source.addEventListener('hello', (message) => greet(message, 'hello'))
    source.addEventListener('reset', (message) => greet(message, 'reset'))
    source.addEventListener('step', (message) => take(JSON.parse(message.data) as Step))
    source.addEventListener('beat', (message) => hear((JSON.parse(message.data) as { at: string }).at))
    source.addEventListener('error', () => {
      useLive.setState({ connection: 'lost' })
      // The browser retries a broken line with its last id, but gives up for ever on an error page.
      if (source.readyState === EventSource.CLOSED) setTimeout(reconnect, RETRY_MS)
    })
  }

  function reconnect(): void {
    source.close()
    if (!closed) connect()
  }

  function greet(message: MessageEvent<string>, kind: 'hello' | 'reset'): void {
    const { id, at } = JSON.parse(message.data) as { id: string; at: string }
    hear(at)
    const resumed = kind === 'hello' && place.lastId === id
    place = { ...place, lastId: id }
    if (resumed && (useLive.getState().loaded || since)) return
    reload()
  }

  function take(step: Step): void {
    const next = follow(place, step)
    place = next.place
    if (next.kind === 'gap') reload()
    if (basis !== null && compareIds(step.id, basis) <= 0) return
    queue.push(step)
    frame ||= schedule(flush)
  }

  /** Many steps become one change of the store, at most one per frame. */
  function flush(): void {
    frame = 0
    if (closed || queue.length === 0) return
    const batch = queue
    queue = []
    const changed = batch.map(rowOf).filter((row) => row !== null)
    since?.push(...changed)
    useLive.setState((state) => ({
      ...(changed.length > 0 ? withRows(state, changed) : {}),
      connection: 'live',
      heardAt: Date.now(),
      gaps: place.gaps,
      batch,
    }))
  }

  function reload(): void {
    if (since) {
      again = true
      return
    }
    // What waits belongs to the picture that the snapshot replaces.
    flush()
    since = []
    basis = place.lastId
    load().then(settle, () => setTimeout(retry, RETRY_MS))
  }

  const load = async () => (rows === 'events' ? snapshot() : [])

  function settle(items: readonly EventRow[]): void {
    const later = since ?? []
    since = null
    if (closed) return
    useLive.setState((state) => ({
      ...fromSnapshot(items, later, state.ended),
      loaded: true,
      gaps: place.gaps,
      snapshots: state.snapshots + 1,
    }))
    if (again) retry()
  }

  function retry(): void {
    again = false
    since = null
    if (!closed) reload()
  }

  const watch = setInterval(() => {
    const { heardAt } = useLive.getState()
    if (Date.now() - Math.max(heardAt ?? 0, connectedAt) < SILENCE_MS) return
    useLive.setState({ connection: 'lost' })
    reconnect()
  }, 5_000)

  connect()
  return () => {
    closed = true
    clearInterval(watch)
    source.close()
  }
}

function hear(at: string): void {
  const heardAt = Date.now()
  useLive.setState({ connection: 'live', heardAt, skewMs: Date.parse(at) - heardAt })
}

async function snapshot(): Promise<EventRow[]> {
  const items: EventRow[] = []
  let cursor: string | undefined
  do {
    const query = { state: 'open' as const, sort: 'due' as const, limit: PAGE, ...(cursor ? { cursor } : {}) }
    const page = await call(listEvents, { query })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return items
}

/** A hidden tab has no frames, yet its rows must stay true. */
function schedule(work: () => void): number {
  return document.hidden ? window.setTimeout(work, 250) : requestAnimationFrame(work)
}
