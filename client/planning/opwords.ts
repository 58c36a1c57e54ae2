import type { LogLine } from '#contract/planning'
import { useLocal } from '../i18n/local.ts'
import { usePlanning } from './session.ts'

type Op = LogLine['op']

/** What an operation did, in a few words; grids that are gone by now are named as they were at first. */
export function useOpWords(): (op: Op) => string {
  const { t } = useLocal()
  const nameOf = useKeyName()
  return (op) => {
    const first = KIND_WORDS[op.kind]
    if (first) return t(`planning.op.${first}`)
    if (op.kind === 'paint') return t('planning.op.paint', { count: op.atoms.length, grid: nameOf(op.grid) })
    if (op.kind === 'make') return t('planning.op.make', { count: op.atoms.length })
    if (op.kind === 'merge') return t('planning.op.merge', { grid: nameOf(op.grid), other: nameOf(op.into) })
    if (op.kind === 'reshape') {
      const [grid = 0, other = 0] = op.grids
      return t('planning.op.reshape', { grid: nameOf(grid), other: nameOf(other) })
    }
    return 'grid' in op ? t(`planning.op.${op.kind}`, { grid: nameOf(op.grid) }) : ''
  }
}

/** Operations that need no more words than what they are. */
const KIND_WORDS: Partial<
  Record<Op['kind'], 'moveNode' | 'moveVertex' | 'addVertex' | 'removeVertex' | 'splitAtom'>
> = {
  'move-node': 'moveNode',
  'move-vertex': 'moveVertex',
  'add-vertex': 'addVertex',
  'remove-vertex': 'removeVertex',
  'split-atom': 'splitAtom',
}

/** The name of a grid of the open draft in the reader's language. */
export function useKeyName(): (key: number) => string {
  const { either } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  const base = usePlanning((planning) => planning.base)
  usePlanning((planning) => planning.tick)
  return (key) => {
    const grid = draft?.grids.get(key) ?? base?.draft.grids.get(key)
    return grid ? either(grid.name, grid.nameEn) : String(key)
  }
}
