import { Duplex } from 'node:stream'
import type { Engine, Failure, Life, Turn } from './engine.ts'
import * as frames from './frames.ts'
import type { Frame, TransactionStatus } from './frames.ts'

/** SQLSTATE by failure: internal error, query cancelled, crash shutdown. */
const CODES = { lost: 'XX000', stuck: '57014', crashed: '57P02' } as const satisfies Record<
  Failure['why'],
  string
>

const OUTSIDE_TRANSACTION = {
  lost: 'nothing of it is kept',
  stuck: 'whether it took effect is not known',
  crashed: 'whether it took effect is not known',
} as const satisfies Record<Failure['why'], string>

const ENDS_TRANSACTION = /^\s*(rollback|commit|abort|end)\s*;?\s*$/i

/** Brings the one session back to what a new client expects: DISCARD ALL, but for LISTEN, which the worker has done. */
const RESET = `rollback; close all; set session authorization default; reset all; deallocate all;
  select pg_advisory_unlock_all(); discard plans; discard temp; discard sequences`

/**
 * The socket that `pg` believes in: no network, just bytes to and from the worker. It outlives the worker: when one
 * life has ended, the client gets a proper error in place of the missing answer, and its prepared statements are
 * parsed again in the next life. The only other state a session may have is its transaction, which is gone.
 */
export class Session extends Duplex {
  readonly #engine: Engine
  readonly #fromClient = new frames.FrameCutter('client')
  readonly #prepared = new Map<string, Uint8Array>()
  #startup: Uint8Array | undefined
  #gathered: Frame[] = []
  readonly #batches: Frame[][] = []
  #life: Life | undefined
  #status: TransactionStatus = 'I'
  /** After a failure inside a transaction, until the client has ended it: what every statement is answered. */
  #doom: Uint8Array | undefined
  /** True from an error to the end of the client's cycle: what it sends until then is skipped. */
  #owesSync = false
  #working = false
  #onIdle: (() => void) | undefined
  readonly #turn: Turn
  /** How long one statement may take, or a transaction idle; a function, as migrations lift the limit. */
  readonly #patienceMs: () => number
  #idleTimer: NodeJS.Timeout | undefined

  constructor(engine: Engine, patienceMs: () => number) {
    super()
    this.#engine = engine
    this.#patienceMs = patienceMs
    this.#turn = engine.queue()
  }

  /** The part of net.Socket that pg calls. */
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay = () => this
  setKeepAlive = () => this
  ref = () => this
  unref = () => this

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    for (const frame of this.#fromClient.cut(chunk)) {
      // A Terminate would end the only session; `_destroy` resets it instead.
      if (frame.kind === 'X') continue
      this.#gathered.push(frame)
      if (!frames.awaitsAnswer(frame.kind)) continue
      this.#batches.push(this.#gathered)
      this.#gathered = []
    }
    void this.#work()
    done()
  }

  override _final(done: () => void): void {
    done()
    this.destroy()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#batches.length = 0
    clearTimeout(this.#idleTimer)
    void this.#idle()
      .then(() => this.#reset())
      .finally(() => {
        this.#turn.end()
        done(error)
      })
  }

  #idle(): Promise<void> {
    if (!this.#working) return Promise.resolve()
    return new Promise((resolve) => {
      this.#onIdle = resolve
    })
  }

  async #work(): Promise<void> {
    if (this.#working) return
    this.#working = true
    clearTimeout(this.#idleTimer)
    for (let batch = this.#batches.shift(); batch !== undefined; batch = this.#batches.shift()) {
      await this.#answer(batch)
    }
    this.#working = false
    this.#onIdle?.()
    if (this.#status !== 'I' && !this.destroyed) this.#limitIdling()
  }

  /** As idle_in_transaction_session_timeout does: a forgotten transaction would keep everyone else waiting for ever. */
  #limitIdling(): void {
    const ms = this.#patienceMs()
    this.#idleTimer = setTimeout(() => {
      this.destroy(
        new Error(`embedded database: idle in a transaction for ${ms / 1000} s; it is rolled back`),
      )
    }, ms)
  }

  async #answer(batch: readonly Frame[]): Promise<void> {
    if (this.#owesSync || this.#doom !== undefined) return this.#refuse(batch)
    try {
      const life = await this.#attach()
      this.#rememberOther(batch)
      const failure = await life.run(
        frames.join(batch.map(({ bytes }) => bytes)),
        this.#patienceMs(),
        this.#forwarder(batch),
      )
      if (failure !== undefined) this.#fail(batch, failure)
    } catch (error) {
      this.#fail(batch, { why: 'crashed', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  /** The running life, with this session set up in it. */
  async #attach(): Promise<Life> {
    await this.#turn.begun
    const life = await this.#engine.life()
    if (life === this.#life) return life
    if (this.#status !== 'I')
      throw new Error('the database was opened again in the middle of the transaction')
    // The start-up message goes alone, since PGlite takes whatever comes with it for the next batch.
    if (this.#startup !== undefined) await this.#runSilently(life, this.#startup)
    for (const parse of this.#prepared.values())
      await this.#runSilently(life, frames.join([parse, frames.sync()]))
    this.#life = life
    return life
  }

  /** Passes on whole messages only: an error may have to follow the last of them. */
  #forwarder(batch: readonly Frame[]): (bytes: Uint8Array) => void {
    const fromServer = new frames.FrameCutter('server')
    const parses = batch.filter(({ kind }) => kind === 'P')
    return (bytes) => {
      const whole = fromServer.cut(bytes)
      for (const frame of whole) {
        if (frame.kind === 'Z') this.#status = frames.statusOf(frame)
        // The driver sends a statement again until it has seen it confirmed.
        if (frame.kind === '1') this.#rememberStatement(parses.shift())
      }
      this.#say(whole.map((frame) => frame.bytes))
    }
  }

  /** Copies, since the driver may use its buffers again. */
  #rememberStatement(parse: Frame | undefined): void {
    const name = parse === undefined ? undefined : frames.statementName(parse)
    if (parse !== undefined && name !== undefined && name !== '')
      this.#prepared.set(name, new Uint8Array(parse.bytes))
  }

  async #runSilently(life: Life, batch: Uint8Array): Promise<void> {
    const failure = await life.run(batch, this.#patienceMs(), () => {})
    if (failure !== undefined) throw new Error(failure.reason)
  }

  #rememberOther(batch: readonly Frame[]): void {
    for (const frame of batch) {
      if (frame.kind === 'startup') this.#startup = new Uint8Array(frame.bytes)
      const closed = frame.kind === 'C' ? frames.statementName(frame) : undefined
      if (closed !== undefined) this.#prepared.delete(closed)
    }
  }

  #say(parts: readonly Uint8Array[]): void {
    if (parts.length > 0 && !this.destroyed) this.push(frames.join(parts))
  }

  #fail(batch: readonly Frame[], { why, reason }: Failure): void {
    const effect = this.#status === 'I' ? OUTSIDE_TRANSACTION[why] : 'the transaction is rolled back'
    const error = frames.errorResponse(
      CODES[why],
      `embedded database: statement ${why} (${reason}); ${effect}`,
    )
    this.#life = undefined
    if (this.#status !== 'I') {
      this.#doom = error
      this.#status = 'E'
    }
    this.#say([error])
    this.#owesSync = true
    this.#endCycle(batch)
  }

  /** Answers for a transaction that no longer exists, as PostgreSQL does for a failed one. */
  #refuse(batch: readonly Frame[]): void {
    if (!this.#owesSync) this.#say(this.#refusal(batch))
    this.#owesSync = true
    this.#endCycle(batch)
  }

  #refusal(batch: readonly Frame[]): Uint8Array[] {
    const error = this.#doom ?? frames.errorResponse('25P02', 'the transaction is over')
    const ending = batch.map(frames.sqlOf).find((sql) => sql !== undefined && ENDS_TRANSACTION.test(sql))
    if (ending === undefined) return [error]
    this.#doom = undefined
    this.#status = 'I'
    // PostgreSQL answers ROLLBACK to the COMMIT of a failed transaction, which drivers take for success.
    if (/commit|end/i.test(ending)) return [error]
    return [...batch.flatMap(({ kind }) => frames.bareAnswer(kind) ?? []), frames.commandComplete('ROLLBACK')]
  }

  #endCycle(batch: readonly Frame[]): void {
    if (!batch.some(({ kind }) => frames.endsCycle(kind))) return
    this.#owesSync = false
    this.#say([frames.readyForQuery(this.#status)])
  }

  async #reset(): Promise<void> {
    // A life that has ended needs no reset, and one that another session has begun to use must not get one.
    if (this.#life === undefined) return
    await this.#life.run(frames.query(RESET), this.#patienceMs(), () => {})
  }
}
