import type { Lattice } from '../fabric.ts'

/** A line as people write one: '0,0 100,50'. */
export function path(text: string): readonly Lattice[] {
  return text.split(' ').map((point) => {
    const [x = Number.NaN, y = Number.NaN] = point.split(',').map(Number)
    return [x, y]
  })
}
