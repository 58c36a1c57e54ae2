import type { Draft } from './draft.ts'
import type { Op } from './op.ts'
import type { Performed } from './perform.ts'
import { refused } from './refusals.ts'

export function reshape(_: Draft, { grids, line }: Extract<Op, { kind: 'reshape' }>): Performed {
  return refused('line', grids, line[0] ?? null)
}
