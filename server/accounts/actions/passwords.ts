import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { refuse } from '../../http/problems.ts'

/** OWASP's least for argon2id, which is the algorithm where none is named. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashing takes a core for a tenth of a second; the rest of the server has the others. */
const AT_ONCE = 2
const WAITING = 100

export interface Hasher {
  /** Runs work that hashes when its turn comes, of which few are at once. Nothing inside may ask for a turn of its own. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
  readonly hash: (password: string) => Promise<string>
  /** Against no hash it is false, but takes as long. */
  readonly matches: (password: string, hashed: string | null) => Promise<boolean>
}

export async function openHasher(): Promise<Hasher> {
  const nobodys = await hash(randomBytes(32), COST)
  return {
    inTurn: turns(AT_ONCE, WAITING),
    hash: (password) => hash(password.normalize('NFKC'), COST),
    matches: async (password, hashed) =>
      (await verify(hashed ?? nobodys, password.normalize('NFKC'))) && hashed !== null,
  }
}

/** So many at once, so many waiting, and the others are sent away. */
export function turns(atOnce: number, waiting: number): Hasher['inTurn'] {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw busy()
      // Whoever ends hands over its place, so that `running` does not change.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}

function busy() {
  return refuse('too-many', {
    zh: '当前登录人数较多，请稍后再试。',
    en: 'Many people are signing in; try again in a moment.',
  })
}

/** 256 bits that nobody can guess. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token, which needs no salt since it cannot be guessed; and of a login that was typed. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
