/** One way of doing the job: how many pieces of work were done, and when the last one was (`performance.now()`). */
export type Round = () => Promise<Done>
export interface Done {
  readonly work: number
  readonly at: number
}

export const doneNow = (work: number): Done => ({ work, at: performance.now() })

export interface Compared {
  /** Median pieces of work per second. */
  readonly ours: number
  readonly baseline: number
  /** Median of the ratios of neighbouring rounds: drift of the machine cancels out. */
  readonly ratio: number
}

/** Runs both by turns, so that a noisy neighbour hits them alike. The first pair only warms up. */
export async function compare(rounds: number, ours: Round, baseline: Round): Promise<Compared> {
  const pairs: { ours: number; baseline: number }[] = []
  for (let i = 0; i <= rounds; i++) {
    const pair = { baseline: await speed(baseline), ours: await speed(ours) }
    if (i > 0) pairs.push(pair)
  }
  return {
    ours: median(pairs.map((p) => p.ours)),
    baseline: median(pairs.map((p) => p.baseline)),
    ratio: median(pairs.map((p) => p.ours / p.baseline)),
  }
}

async function speed(round: Round): Promise<number> {
  const start = performance.now()
  const { work, at } = await round()
  return (work * 1000) / (at - start)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Linear interpolation between the two nearest ranks. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN]
  return low + (high - low) * (at - Math.floor(at))
}

export interface Line {
  readonly name: string
  readonly text: string
  /** Undefined where nothing is promised. */
  readonly met: boolean | undefined
}

export function print(line: Line): void {
  const mark = line.met === undefined ? '·' : line.met ? '✓' : '✗'
  console.log(`${mark} ${line.name.padEnd(46)} ${line.text}`)
}
