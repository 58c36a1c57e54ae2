/** Where an open event stands when a plan begins. */
export interface Standing {
  /** The grid that has it in hand. */
  readonly holder: number
  /** Grids of its place before and after the instant; null outside of all. */
  readonly before: number | null
  readonly after: number | null
}

/**
 * Which grid goes on with an open event. It follows the ground: from the grid that had its place to the one that has it now. Work that a
 * person gave to another grid than that of its place stays there, unless that grid has ended; then it goes to the place's grid,
 * or, outside of all, to the heir.
 */
export function keeperOf({ holder, before, after }: Standing, heirs: ReadonlyMap<number, number>): number {
  const heir = heirs.get(holder)
  if (heir !== undefined) return after ?? heir
  return holder === before && after !== null ? after : holder
}
