/** A seeded stream of numbers, the same on every machine (mulberry32: 32-bit integer arithmetic only). */
export interface Random {
  /** At least 0, below 1. */
  readonly next: () => number
  readonly between: (low: number, high: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  readonly shuffled: <T>(items: readonly T[]) => T[]
}

export function random(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const index = (length: number): number => Math.min(length - 1, Math.floor(next() * length))
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    pick(items) {
      const item = items[index(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    shuffled(items) {
      const left = [...items]
      return items.map(() => left.splice(index(left.length), 1)).flat()
    },
  }
}

/** A seed of its own for each named thing, so that a change to one does not reshuffle all others. */
export function seedOf(...names: readonly (string | number)[]): number {
  let hash = 2166136261
  for (const char of names.join('/')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619)
  return hash >>> 0
}
