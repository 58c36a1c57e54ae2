import type { Position } from '../geojson.ts'
import { toLattice, toPosition } from '../lattice.ts'
import { distanceM } from '../metres.ts'
import type { DemoEvent, Norms } from './history.ts'
import { random, seedOf } from './random.ts'
import { shifted } from './spots.ts'

/** Each duplicate beside the case into which it went: the nearest that was still open then, of the same class and words. */
export function withDuplicates(
  events: readonly Omit<DemoEvent, 'mergedInto'>[],
  { termsOf }: Norms,
  nameOf: (position: Position) => { readonly address: string; readonly place: string },
): DemoEvent[] {
  const rng = random(seedOf('duplicates'))
  return events.map((event, n) => {
    const mergedInto = targetOf(events, n)
    const target = mergedInto === null ? undefined : events[mergedInto]
    if (!target) return { ...event, mergedInto: null }
    const { category, text } = target
    const position = toPosition(
      toLattice(shifted(target.position, rng.between(3, 40), rng.between(0, 2 * Math.PI))),
    )
    const { address, place } = nameOf(position)
    const same = { category, text, position, address, description: text.replace('@', place) }
    return { ...event, ...same, ...termsOf(category, event.reportedAt), mergedInto }
  })
}

/** Cases are open for a fortnight at most. */
const OPEN_CASES = 400

function targetOf(events: readonly Omit<DemoEvent, 'mergedInto'>[], n: number): number | null {
  const event = events[n]
  if (event?.status !== 'merged') return null
  const first = Math.max(0, n - OPEN_CASES)
  const open = events
    .slice(first, n)
    .flatMap((other, k) => (isOpenAt(other, event.closedAt ?? 0) ? [{ other, k: first + k }] : []))
  const metres = open.map(({ other }) => distanceM(other.position, event.position, event.position))
  return open[metres.indexOf(Math.min(...metres))]?.k ?? null
}

function isOpenAt({ status, closedAt }: Omit<DemoEvent, 'mergedInto'>, at: number): boolean {
  if (status === 'merged' || status === 'rejected') return false
  return closedAt === null || closedAt > at
}
