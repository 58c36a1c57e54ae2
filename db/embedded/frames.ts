/** The PostgreSQL wire protocol, as far as one thread must understand it to speak for another that died. */

export type Frame = { readonly kind: string; readonly bytes: Uint8Array }
export type TransactionStatus = 'I' | 'T' | 'E'

const text = new TextEncoder()
const plain = new TextDecoder()

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Cuts a byte stream at message borders; keeps an unfinished message for the next call. */
export class FrameCutter {
  #held: Uint8Array = new Uint8Array(0)
  #expectsStartup: boolean

  constructor(from: 'client' | 'server') {
    this.#expectsStartup = from === 'client'
  }

  cut(chunk: Uint8Array): Frame[] {
    const bytes = this.#held.length === 0 ? chunk : join([this.#held, chunk])
    const view = viewOf(bytes)
    const frames: Frame[] = []
    let at = 0
    for (;;) {
      // The first message of a client has no type byte: a length, then the protocol number.
      const head = this.#expectsStartup ? 0 : 1
      if (at + head + 4 > bytes.length) break
      const end = at + head + view.getInt32(at + head)
      if (end > bytes.length) break
      const kind = this.#expectsStartup ? 'startup' : String.fromCharCode(view.getUint8(at))
      this.#expectsStartup = false
      frames.push({ kind, bytes: bytes.subarray(at, end) })
      at = end
    }
    // A copy, because the rest outlives the buffer that it came in; `slice` of a Buffer is a view.
    this.#held = new Uint8Array(bytes.subarray(at))
    return frames
  }
}

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function frame(kind: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + body.length)
  bytes[0] = kind.charCodeAt(0)
  viewOf(bytes).setInt32(1, 4 + body.length)
  bytes.set(body, 5)
  return bytes
}

export const query = (sql: string) => frame('Q', text.encode(`${sql}\0`))
export const sync = () => frame('S', new Uint8Array(0))
export const readyForQuery = (status: TransactionStatus) => frame('Z', text.encode(status))
export const commandComplete = (tag: string) => frame('C', text.encode(`${tag}\0`))

export function errorResponse(code: string, message: string): Uint8Array {
  const fields = [`SERROR`, `VERROR`, `C${code}`, `M${message}`]
  return frame('E', text.encode(`${fields.join('\0')}\0\0`))
}

/** What the server answers to a message of the extended protocol that it has nothing to say about. */
const BARE_ANSWERS: Readonly<Record<string, string>> = { P: '1', B: '2', D: 'n', C: '3' }
export function bareAnswer(kind: string): Uint8Array | undefined {
  const answer = BARE_ANSWERS[kind]
  return answer === undefined ? undefined : frame(answer, new Uint8Array(0))
}

/** True where the server answers with ReadyForQuery. */
export const endsCycle = (kind: string) => kind === 'S' || kind === 'Q'

/** True where a client may wait for an answer, so that what is gathered so far must be sent on. */
export const awaitsAnswer = (kind: string) => endsCycle(kind) || kind === 'H' || kind === 'startup'

export function statusOf(ready: Frame): TransactionStatus {
  const status = String.fromCharCode(ready.bytes[5] ?? 0)
  return status === 'T' || status === 'E' ? status : 'I'
}

function stringAt(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at)
  return plain.decode(bytes.subarray(at, end < 0 ? bytes.length : end))
}

/** The SQL text of a Query or Parse message. */
export function sqlOf({ kind, bytes }: Frame): string | undefined {
  if (kind === 'Q') return stringAt(bytes, 5)
  if (kind !== 'P') return undefined
  return stringAt(bytes, bytes.indexOf(0, 5) + 1)
}

/** The name that a Parse message gives its statement, or that a Close message takes away; '' is the unnamed one. */
export function statementName({ kind, bytes }: Frame): string | undefined {
  if (kind === 'P') return stringAt(bytes, 5)
  return kind === 'C' && bytes[5] === 'S'.charCodeAt(0) ? stringAt(bytes, 6) : undefined
}
