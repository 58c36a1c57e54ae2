import { Worker } from 'node:worker_threads'
import { DatabaseRefusal } from '../refusal.ts'
import type { FromWorker, Opening, ToWorker } from './messages.ts'

/** Why a batch has no proper answer. */
export type Failure = { readonly why: 'lost' | 'stuck' | 'crashed'; readonly reason: string }

type Run = { readonly onAnswer: (bytes: Uint8Array) => void; readonly settle: (failure?: Failure) => void }

/** After the patience is over, one more moment for an answer that waits behind a busy main thread. */
const GRACE_MS = 500

const FATAL = /(?:FATAL|PANIC):\s+(.+)/

/** The last checkpoint may take a while on a slow disk; without it the next start replays the log. */
const CLOSING_MS = 20_000

/** One life of the worker thread. It runs one batch at a time; after a failure it is dead. */
export class Life {
  readonly #worker: Worker
  readonly opened: Promise<void>
  readonly ended: Promise<Failure>
  /** Why PostgreSQL refused to start, if it was asked to be verbose. */
  lastWords: string | undefined
  #run: Run | undefined
  #failure: Failure | undefined

  constructor(opening: Opening) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: opening,
      stdout: true,
      stderr: true,
    })
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.lastWords = FATAL.exec(text)?.[1] ?? this.lastWords
      })
    }
    const ready = Promise.withResolvers<void>()
    const end = Promise.withResolvers<Failure>()
    this.opened = ready.promise
    this.ended = end.promise
    this.#worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') ready.resolve()
      else this.#hear(message)
    })
    this.#worker.on('error', (error) => {
      this.#failure ??= { why: 'crashed', reason: error instanceof Error ? error.message : String(error) }
    })
    this.#worker.on('exit', (code) => {
      const failure = (this.#failure ??= { why: 'crashed', reason: `the thread ended with code ${code}` })
      ready.reject(new Error(failure.reason))
      // Before the client hears of it and asks again, the engine must know that this life is over.
      end.resolve(failure)
      this.#settle(failure)
    })
    // Whoever waits for `opened` hears of it; nobody else must.
    this.opened.catch(() => {})
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'answer') this.#run?.onAnswer(message.bytes)
    if (message.kind === 'done') this.#settle()
    if (message.kind === 'lost') this.#failure = { why: 'lost', reason: message.reason }
  }

  #settle(failure?: Failure): void {
    const run = this.#run
    this.#run = undefined
    run?.settle(failure)
  }

  /** Resolves with the failure, or with nothing when all answers have been passed on. */
  run(batch: Uint8Array, patienceMs: number, onAnswer: Run['onAnswer']): Promise<Failure | undefined> {
    if (this.#failure !== undefined) return Promise.resolve(this.#failure)
    const { promise, resolve } = Promise.withResolvers<Failure | undefined>()
    const giveUp = () => {
      const reason = `no answer within ${patienceMs / 1000} s`
      this.#failure = { why: 'stuck', reason }
      void this.#worker.terminate()
    }
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp, GRACE_MS)
    }, patienceMs)
    this.#run = {
      onAnswer,
      settle: (failure) => {
        clearTimeout(timer)
        resolve(failure)
      },
    }
    this.#post({ kind: 'run', batch })
    return promise
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.#worker.postMessage(message)
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => void this.#worker.terminate(), CLOSING_MS)
    this.#post({ kind: 'close' })
    await this.ended
    clearTimeout(timer)
  }
}

/** PGlite has the same words for all that keeps it from opening; PostgreSQL has its own for each. */
async function whyNot(opening: Opening): Promise<string | undefined> {
  const life = new Life(opening)
  await life.opened.then(
    () => life.close(),
    () => life.ended,
  )
  return life.lastWords
}

/** A session's stay on the one PostgreSQL session that there is. */
export type Turn = { readonly begun: Promise<void>; end(): void }

/** Keeps one life going: opens the next when one has ended. */
export class Engine {
  readonly #open: () => Life
  readonly #log: (line: string) => void
  #life: Promise<Life>
  #closing = false
  #lastTurn: Promise<void> = Promise.resolve()

  private constructor(open: () => Life, first: Life, log: (line: string) => void) {
    this.#open = open
    this.#log = log
    this.#life = Promise.resolve(first)
    this.#follow(first)
  }

  static async start(opening: Opening, log: (line: string) => void): Promise<Engine> {
    const open = () => new Life(opening)
    const first = open()
    try {
      await first.opened
    } catch (error) {
      throw new Error((await whyNot({ ...opening, verbose: true })) ?? String(error), {
        cause: error,
      })
    }
    return new Engine(open, first, log)
  }

  /** Sessions follow each other, and the next begins when the last has cleaned up: its ROLLBACK must not hit another. */
  queue(): Turn {
    const { promise, resolve } = Promise.withResolvers<void>()
    const begun = this.#lastTurn
    this.#lastTurn = promise
    return { begun, end: resolve }
  }

  /** The life that runs now, or the next one as soon as it is open. A failed opening is tried again at the next call. */
  async life(): Promise<Life> {
    try {
      return await this.#life
    } catch (error) {
      this.#life = this.#reopen()
      throw error
    }
  }

  #follow(life: Life): void {
    void life.ended.then(({ why, reason }) => {
      if (this.#closing) return
      this.#log(`embedded database ${why}: ${reason}; opening it again`)
      this.#life = this.#reopen()
      this.#life.catch((error: unknown) => this.#log(`embedded database does not open: ${String(error)}`))
    })
  }

  async #reopen(): Promise<Life> {
    if (this.#closing) throw new DatabaseRefusal('closed', '数据库已关闭。', 'The database is closed.')
    const started = performance.now()
    const next = this.#open()
    await next.opened
    this.#follow(next)
    this.#log(`embedded database open again after ${Math.round(performance.now() - started)} ms`)
    return next
  }

  async close(): Promise<void> {
    this.#closing = true
    const life = await this.#life.catch(() => undefined)
    await life?.close()
  }
}
