import type { Db } from '#db/open'
import { hears, isAfter, isSame, shownOf, tagsOf } from '#rules/trail'
import type { Actor } from '../accounts/contract.ts'
import { BEGINNING, isKnown, readHead, readSince, type Cursor, type Line } from './store.ts'

/** One viewer of the feed. `send` returns the bytes still waiting in its socket. */
export interface Viewer {
  readonly send: (chunk: Buffer) => number
  /** Resolves when the socket has taken what waits; rejects when it closes. */
  readonly drained: () => Promise<void>
  readonly drop: () => void
}

export interface Hub {
  /** Greets a viewer, replays what it missed since `cursor`, then streams what the actor may hear. Null starts at the present. */
  join(viewer: Viewer, actor: Actor, cursor: Cursor | null): Promise<void>
  /** The viewer's actor may have other duties now: if it hears other steps from here on, it is told to start anew. */
  admit(viewer: Viewer, actor: Actor): void
  leave(viewer: Viewer): void
  /** Something was committed, here or elsewhere: look at the trail soon. */
  wake(): void
  /** Something was committed by this process: look soon, and tell the others. */
  committed(): void
  close(): Promise<void>
  readonly viewers: number
}

export interface HubOptions {
  readonly now: () => Date
  /** Wakes the hubs of other processes on the same database; absent where there are none. */
  readonly announce?: () => Promise<void>
  /** Longest time between two looks at the trail when nobody wakes the hub. */
  readonly pollMs?: number
  readonly beatMs?: number
  readonly onError: (error: unknown) => void
}

const PAGE = 500
/** Commits of this long are told to other processes in one word, since each NOTIFY makes commits queue for one lock. */
const ANNOUNCE_MS = 10
/** A viewer with more than this unsent is dropped; it resumes by its last id. */
const MAX_WAITING_BYTES = 1_000_000

/** What one viewer has been served. */
interface Place {
  tags: ReadonlySet<string>
  /** Up to here of the trail, heard or not. */
  upTo: Cursor
  /** The last line that it was sent: what its next one names as the one before. */
  sent: Cursor
  /** It has caught up, and gets what the hub reads. */
  isLive: boolean
}

/** Writes a line as a message that names the line before it. */
type Framing = (prev: Cursor) => Buffer

/**
 * Tails the trail once for this process and writes each line to the viewers who may hear it: the same bytes to all whose
 * line before was the same, and so to all who hear everything. A viewer that joins is backfilled from the trail itself until
 * it has caught up with the hub, and only then gets what the hub reads, so that no step falls between the two; one that
 * ran ahead of the hub skips what it has.
 */
export async function openHub(db: Db, options: HubOptions): Promise<Hub> {
  const viewers = new Map<Viewer, Place>()
  let cursor = await readHead(db)
  let closed = false
  let pulling: Promise<void> | null = null
  let again = false

  async function pull(): Promise<void> {
    do {
      again = false
      // Nobody looks: the first viewer to come starts the hub at the head of the trail.
      if (viewers.size === 0) return
      let page = await readSince(db, cursor, PAGE)
      while (page.length > 0) {
        publish(page)
        page = page.length < PAGE ? [] : await readSince(db, cursor, PAGE)
      }
    } while (again && !closed)
  }

  function publish(page: readonly Line[]): void {
    for (const line of page) {
      const framing = framingOf(line)
      for (const [viewer, place] of viewers) {
        if (!place.isLive || !isAfter(line.id, place.upTo)) continue
        if (tell(viewer, place, line, framing) > MAX_WAITING_BYTES) drop(viewer)
      }
      cursor = line.id
    }
  }

  function drop(viewer: Viewer): void {
    viewers.delete(viewer)
    viewer.drop()
  }

  function wake(): void {
    if (closed) return
    again = true
    pulling ??= pull()
      .catch(options.onError)
      .finally(() => {
        pulling = null
      })
  }

  let announcing: NodeJS.Timeout | null = null
  function committed(): void {
    wake()
    const { announce } = options
    if (announce === undefined || announcing !== null || closed) return
    announcing = setTimeout(() => {
      announcing = null
      announce().catch(options.onError)
    }, ANNOUNCE_MS)
  }

  async function join(viewer: Viewer, actor: Actor, from: Cursor | null): Promise<void> {
    const known = from !== null && (await isKnown(db, from))
    const head = viewers.size === 0 ? await readHead(db) : cursor
    if (viewers.size === 0) cursor = head
    const start = known ? from : cursor
    const place: Place = { tags: tagsOf(actor), upTo: start, sent: start, isLive: false }
    viewers.set(viewer, place)
    viewer.send(greeting(from !== null && !known ? 'reset' : 'hello', start))
    // No await stands between the check and the change, so that no published step can slip through.
    while (viewers.has(viewer) && isAfter(cursor, place.upTo)) {
      for (const line of await readSince(db, place.upTo, PAGE)) tell(viewer, place, line, framingOf(line))
      await viewer.drained()
    }
    place.isLive = true
    // What was committed meanwhile found nobody to tell.
    wake()
  }

  function admit(viewer: Viewer, actor: Actor): void {
    const place = viewers.get(viewer)
    const tags = tagsOf(actor)
    if (place === undefined || isSame(tags, place.tags)) return
    place.tags = tags
    place.sent = place.upTo
    viewer.send(greeting('reset', place.upTo))
  }

  function greeting(kind: 'hello' | 'reset', id: Cursor): Buffer {
    return frame(kind, { id, at: options.now().toISOString() }, id)
  }

  const poll = setInterval(wake, options.pollMs ?? 1000)
  const beat = setInterval(() => {
    const chunk = frame('beat', { at: options.now().toISOString() }, null)
    for (const viewer of viewers.keys()) if (viewer.send(chunk) > MAX_WAITING_BYTES) drop(viewer)
  }, options.beatMs ?? 10_000)

  return {
    join,
    admit,
    leave: (viewer) => void viewers.delete(viewer),
    wake,
    committed,
    close: async () => {
      closed = true
      clearInterval(poll)
      clearInterval(beat)
      if (announcing !== null) clearTimeout(announcing)
      for (const viewer of viewers.keys()) drop(viewer)
      await pulling
    },
    get viewers() {
      return viewers.size
    },
  }
}

/** Serves a line to a viewer: sent if it may hear it, passed over if not. Returns the bytes that wait in its socket. */
function tell(viewer: Viewer, place: Place, line: Line, framing: Framing): number {
  place.upTo = line.id
  if (!hears(place.tags, line.audience)) return 0
  const waiting = viewer.send(framing(place.sent))
  place.sent = line.id
  return waiting
}

function framingOf({ id, audience: _a, data, ...line }: Line): Framing {
  const made = new Map<Cursor, Buffer>()
  return (prev) => {
    const chunk = made.get(prev) ?? frame('step', { id, prev, ...line, data: shownOf(line.step, data) }, id)
    made.set(prev, chunk)
    return chunk
  }
}

function frame(event: string, data: unknown, id: Cursor | null): Buffer {
  const head = id === null || id === BEGINNING ? '' : `id: ${id}\n`
  return Buffer.from(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
