/** Work that time brings about, done when it is due. */
export interface Beat {
  /** Does all that is due now; resolves when nothing is left that this process can do. */
  run(): Promise<void>
  close(): Promise<void>
}

export interface BeatOptions {
  readonly work: () => Promise<void>
  /** The next instant at which there is something to do, in milliseconds; null where nothing is known of. */
  readonly findNext: () => Promise<number | null>
  readonly now: () => Date
  readonly onError: (error: unknown) => void
  /** Longest time between two looks; the next instant that is due comes first. */
  readonly everyMs?: number
}

/** What others write is seen at the latest after this. */
const EVERY_MS = 1000
/** After rows that somebody else was at work on. */
const SOON_MS = 100

/** Looks when the next thing is due, and at least each second: what others write must not wait for a wake-up that got lost. */
export function openBeat({ work, findNext, now, onError, everyMs = EVERY_MS }: BeatOptions): Beat {
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function delay(): Promise<number> {
    const next = await findNext()
    const left = next === null ? everyMs : next - now().getTime()
    return Math.min(everyMs, Math.max(SOON_MS, left + 1))
  }

  function run(): Promise<void> {
    running = running.catch(() => {}).then(work)
    return running
  }

  function plan(ms: number): void {
    if (closed) return
    timer = setTimeout(() => {
      running = run()
        .catch(onError)
        .then(delay)
        .catch((error: unknown) => {
          onError(error)
          return everyMs
        })
        .then(plan)
    }, ms)
  }

  plan(0)
  return {
    run,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running.catch(onError)
    },
  }
}
