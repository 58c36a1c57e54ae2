/** Told of each way on from a place. */
type Offer<S> = (to: number, cost: number, by: S) => void

/**
 * The cheapest way from a place to another as the steps taken, or null where there is none. `atLeast` never says more than the rest of
 * the way costs; the nearer it comes, the less is looked at.
 */
export function cheapest<S>(
  from: number,
  to: number,
  steps: (place: number, offer: Offer<S>) => void,
  atLeast: (place: number) => number = () => 0,
): readonly S[] | null {
  const known = new Map<number, Entry<S>>([[from, { cost: 0, from, by: null, isDone: false }]])
  const queue = heap()
  let [place, sofar]: [number | undefined, number] = [from, 0]
  const offer: Offer<S> = (next, cost, by) => {
    const sum = sofar + cost
    const entry = known.get(next)
    if (entry && (entry.isDone || sum >= entry.cost)) return
    known.set(next, { cost: sum, from: place ?? from, by, isDone: false })
    queue.push(next, sum + atLeast(next))
  }
  for (; place !== undefined; place = queue.pop()) {
    if (place === to) return wayTo(to, known)
    const entry = known.get(place)
    if (!entry || entry.isDone) continue
    entry.isDone = true
    sofar = entry.cost
    steps(place, offer)
  }
  return null
}

interface Entry<S> {
  readonly cost: number
  readonly from: number
  /** Null at the start. */
  readonly by: S | null
  isDone: boolean
}

function wayTo<S>(to: number, known: ReadonlyMap<number, Entry<S>>): readonly S[] {
  const way: S[] = []
  for (let entry = known.get(to); entry && entry.by !== null; entry = known.get(entry.from))
    way.push(entry.by)
  return way.toReversed()
}

interface Heap {
  readonly push: (item: number, rank: number) => void
  readonly pop: () => number | undefined
}

/** Binary; of equal ranks the lower item comes first, so that the answer does not depend on the order of a set. */
function heap(): Heap {
  const items: number[] = []
  const ranks: number[] = []
  const before = (i: number, j: number): boolean => {
    const [p = 0, q = 0] = [ranks[i], ranks[j]]
    return p < q || (p === q && (items[i] ?? 0) < (items[j] ?? 0))
  }
  const swap = (i: number, j: number): void => {
    const [item = 0, rank = 0] = [items[i], ranks[i]]
    items[i] = items[j] ?? 0
    ranks[i] = ranks[j] ?? 0
    items[j] = item
    ranks[j] = rank
  }
  function sink(start: number): void {
    for (let at = start; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      if (left < items.length && before(left, least)) least = left
      if (right < items.length && before(right, least)) least = right
      if (least === at) return
      swap(at, least)
      at = least
    }
  }
  return {
    push(item, rank) {
      let at = items.push(item) - 1
      ranks.push(rank)
      for (let up = (at - 1) >> 1; at > 0 && before(at, up); up = (at - 1) >> 1) {
        swap(at, up)
        at = up
      }
    },
    pop() {
      const first = items[0]
      const [item, rank] = [items.pop(), ranks.pop()]
      if (item === undefined || rank === undefined || items.length === 0) return first
      items[0] = item
      ranks[0] = rank
      sink(0)
      return first
    },
  }
}
