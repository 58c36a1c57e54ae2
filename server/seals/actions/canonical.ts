import { createHash, type Hash } from 'node:crypto'
import type { Seal, StoredStep } from '../store.ts'

/** What stands before the first seal. */
export const FIRST = Buffer.alloc(32)

/** How much of a step's own hash its seal keeps, to tell which line is wrong. */
export const MARK_BYTES = 8

const NULL = 0xff_ff_ff_ff

/** Every part with its length before it, so that no two rows have the same bytes. */
function bytesOf(parts: readonly (string | null)[]): Buffer {
  const texts = parts.map((part) => (part === null ? null : Buffer.from(part)))
  const chunks = texts.flatMap((text) => [lengthOf(text), ...(text ? [text] : [])])
  return Buffer.concat(chunks)
}

function lengthOf(text: Buffer | null): Buffer {
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32BE(text === null ? NULL : text.length)
  return length
}

/** Begins a seal's hash: the hash before it and what the seal says of itself. */
export function writeOwn(hash: Hash, before: Buffer, own: Omit<Seal, 'hash' | 'marks'>): void {
  hash.update(before)
  hash.update(bytesOf([String(own.n), own.xid, own.seq, String(own.count), own.at]))
}

/** Adds a step to its seal's hash; returns the bytes that stand for it. */
export function writeStep(hash: Hash, step: StoredStep): Buffer {
  const audience = step.audience ?? []
  const bytes = bytesOf([
    step.xid,
    step.seq,
    step.at,
    step.actor,
    step.role,
    step.subject,
    step.step,
    step.data,
    step.audience === null ? null : String(audience.length),
    ...audience,
  ])
  hash.update(bytes)
  return bytes
}

/** A step's own mark. */
export function markOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, MARK_BYTES)
}
