/** A seeded stream of numbers, the same on every machine (mulberry32: 32-bit integer arithmetic only). */
export interface Dice {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number at least 0, below `count`. */
  readonly below: (count: number) => number
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { next, below: (count) => Math.floor(next() * count) }
}

/** A seed of its own for each thing, so that what happens to one does not change the luck of the others. */
export function seedFor(seed: number, thing: number): number {
  return Math.imul(seed ^ Math.imul(thing, 0x9e3779b1), 0x85ebca6b) >>> 0
}
