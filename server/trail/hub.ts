import type { Db } from '#db/open'
import type { Step } from './contract.ts'
import { BEGINNING, isKnown, readHead, readSince, type Cursor } from './store.ts'

/** One viewer of the feed. `send` returns the bytes still waiting in its socket. */
export interface Viewer {
  readonly send: (chunk: Buffer) => number
  /** Resolves when the socket has taken what waits; rejects when it closes. */
  readonly drained: () => Promise<void>
  readonly drop: () => void
}

export interface Hub {
  /** Greets a viewer, replays what it missed since `cursor`, then streams. Null starts at the present. */
  join(viewer: Viewer, cursor: Cursor | null): Promise<void>
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

/**
 * Tails the trail once for this process and writes the same bytes to every viewer. A viewer that joins is backfilled from
 * the trail itself until it has caught up with the hub, and only then gets the shared stream, so that no step falls
 * between the two; one that ran ahead of the hub skips what it has.
 */
export async function openHub(db: Db, options: HubOptions): Promise<Hub> {
  const viewers = new Map<Viewer, Cursor>()
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

  function publish(page: readonly Step[]): void {
    for (const step of page) {
      const chunk = frame('step', step, step.id)
      for (const [viewer, last] of viewers) {
        if (!isAfter(step.id, last)) continue
        viewers.set(viewer, step.id)
        if (viewer.send(chunk) > MAX_WAITING_BYTES) drop(viewer)
      }
      cursor = step.id
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

  async function join(viewer: Viewer, from: Cursor | null): Promise<void> {
    const known = from !== null && (await isKnown(db, from))
    const head = viewers.size === 0 ? await readHead(db) : cursor
    if (viewers.size === 0) cursor = head
    let last = known ? from : cursor
    const greeting = from !== null && !known ? 'reset' : 'hello'
    viewer.send(frame(greeting, { id: last, at: options.now().toISOString() }, last))
    // No await stands between the check and the registration, so that no published step can slip through.
    while (isAfter(cursor, last)) {
      const page = await readSince(db, last, PAGE)
      for (const step of page) viewer.send(frame('step', step, step.id))
      last = page.at(-1)?.id ?? last
      await viewer.drained()
    }
    viewers.set(viewer, last)
    // What was committed meanwhile found nobody to tell.
    wake()
  }

  const poll = setInterval(wake, options.pollMs ?? 1000)
  const beat = setInterval(() => {
    const chunk = frame('beat', { at: options.now().toISOString() }, null)
    for (const viewer of viewers.keys()) if (viewer.send(chunk) > MAX_WAITING_BYTES) drop(viewer)
  }, options.beatMs ?? 10_000)

  return {
    join,
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

function frame(event: string, data: unknown, id: Cursor | null): Buffer {
  const head = id === null || id === BEGINNING ? '' : `id: ${id}\n`
  return Buffer.from(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Order of the trail: by transaction, then by number within it. */
export function isAfter(a: Cursor, b: Cursor): boolean {
  const [ax = '0', as = '0'] = a.split('-')
  const [bx = '0', bs = '0'] = b.split('-')
  return ax === bx ? BigInt(as) > BigInt(bs) : BigInt(ax) > BigInt(bx)
}
