import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Where a text is kept: `table/column/row`. A text moved to another place cannot be read there. */
export type Purpose = string

/** How single texts are kept so that the database alone does not tell them. */
export interface Cipher {
  readonly seal: (text: string, purpose: Purpose) => string
  /** Throws a SealError for what was sealed by another key, for another place, or has been touched. */
  readonly open: (sealed: string, purpose: Purpose) => string
  /** Whether it was sealed by a key that is here. */
  readonly knows: (sealed: string) => boolean
  /** Whether it was sealed by the key that seals now. */
  readonly isCurrent: (sealed: string) => boolean
}

/** A text that cannot be read. It says why, and never what. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const ALGORITHM = 'aes-256-gcm'

/** Keys are 32 bytes each. The first seals and opens; the others, which it followed, still open. */
export function cipherOf([current, ...former]: readonly [Buffer, ...Buffer[]]): Cipher {
  const currentId = keyId(current)
  const keys = new Map([current, ...former].map((key) => [keyId(key), key]))
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE_BYTES)
      const machine = createCipheriv(ALGORITHM, current, nonce, { authTagLength: TAG_BYTES })
      machine.setAAD(Buffer.from(`${currentId}/${purpose}`))
      const bytes = Buffer.concat([
        nonce,
        machine.update(text, 'utf8'),
        machine.final(),
        machine.getAuthTag(),
      ])
      return `v1.${currentId}.${bytes.toString('base64url')}`
    },
    open(sealed, purpose) {
      const { id, bytes } = partsOf(sealed)
      const key = keys.get(id)
      if (!key) throw new SealError(`sealed by the key ${id}, which is not here`)
      const machine = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      machine.setAAD(Buffer.from(`${id}/${purpose}`))
      machine.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const text = machine.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([text, machine.final()]).toString('utf8')
      } catch {
        throw new SealError('not as it was sealed for this place')
      }
    },
    knows: (sealed) => keys.has(sealed.split('.')[1] ?? ''),
    isCurrent: (sealed) => sealed.startsWith(`v1.${currentId}.`),
  }
}

/** Names a key without telling it. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('wangge key ').update(key).digest('hex').slice(0, 8)
}

function partsOf(sealed: string): { id: string; bytes: Buffer } {
  const [, id = '', text = ''] = /^v1\.([0-9a-f]{8})\.([\w-]+)$/.exec(sealed) ?? []
  const bytes = Buffer.from(text, 'base64url')
  if (id === '' || bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealError('not a sealed text')
  return { id, bytes }
}
