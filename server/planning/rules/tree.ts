/** The operations of a draft: each with the one before it; 0 is the draft as it was forked. */
export type Tree = ReadonlyMap<number, number>

/** From the fork to an operation, that one last. */
export function pathTo(tree: Tree, seq: number): number[] {
  const path: number[] = []
  for (let at = seq; at !== 0; at = parentOf(tree, at)) path.push(at)
  return path.reverse()
}

/** What is taken back, latest first, and what is done, earliest first, to get from one operation to another. */
export function routeBetween(tree: Tree, from: number, to: number): { back: number[]; forth: number[] } {
  const [left, right] = [pathTo(tree, from), pathTo(tree, to)]
  let shared = 0
  while (shared < left.length && left[shared] === right[shared]) shared++
  return { back: left.slice(shared).reverse(), forth: right.slice(shared) }
}

/** Where one stands after taking back `count` operations; null if there are fewer. */
export function undone(tree: Tree, head: number, count: number): number | null {
  let at = head
  for (let n = 0; n < count; n++) {
    if (at === 0) return null
    at = parentOf(tree, at)
  }
  return at
}

/** Where one stands after doing `count` operations again, always the newest branch; null if there are fewer. */
export function redone(tree: Tree, head: number, count: number): number | null {
  const newest = new Map<number, number>()
  for (const [seq, parent] of tree) newest.set(parent, Math.max(seq, newest.get(parent) ?? 0))
  let at = head
  for (let n = 0; n < count; n++) {
    const next = newest.get(at)
    if (next === undefined) return null
    at = next
  }
  return at
}

function parentOf(tree: Tree, seq: number): number {
  const parent = tree.get(seq)
  if (parent === undefined) throw new RangeError(`operation ${seq} is not in the log`)
  return parent
}
