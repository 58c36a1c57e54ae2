import type { LogLine } from '#contract/planning'

/** Operations of a draft by their number. Undo goes to the parent, redo to the newest child; nothing is erased. */
export type Lines = ReadonlyMap<number, LogLine>

export const linesOf = (log: readonly LogLine[]): Map<number, LogLine> =>
  new Map(log.map((line) => [line.seq, line]))

/** The operations from the beginning to `head`, in their order. */
export function pathTo(lines: Lines, head: number): LogLine[] {
  const path: LogLine[] = []
  for (let line = lines.get(head); line; line = lines.get(line.parent)) path.push(line)
  return path.toReversed()
}

/** What redo would do at `head`. */
export function nextOf(lines: Lines, head: number): LogLine | undefined {
  return [...lines.values()].filter((line) => line.parent === head).at(-1)
}

/** How many operations at the end of the path one press of undo takes back: those of one gesture. */
export function undoCount(path: readonly LogLine[]): number {
  const last = path.at(-1)
  return path.length - 1 - path.findLastIndex(({ gesture }) => gesture !== last?.gesture)
}

/** How many operations one press of redo does. */
export function redoCount(lines: Lines, head: number): number {
  const first = nextOf(lines, head)
  let count = 0
  for (let next = first; next && next.gesture === first?.gesture; next = nextOf(lines, next.seq)) count++
  return count
}

/** Back to the last operation that both paths share, and forth from there. */
export function wayBetween(
  from: readonly LogLine[],
  to: readonly LogLine[],
): { readonly back: number; readonly forth: readonly LogLine[] } {
  let shared = 0
  while (shared < from.length && isSame(from[shared], to[shared])) shared++
  return { back: from.length - shared, forth: to.slice(shared) }
}

/** Numbers alone do not tell: what one did alone and what another stored meanwhile may bear the same. */
function isSame(a: LogLine | undefined, b: LogLine | undefined): boolean {
  return a?.seq === b?.seq && a?.parent === b?.parent && JSON.stringify(a?.op) === JSON.stringify(b?.op)
}
