import type { LogLine } from '#contract/planning'
import { useLocal } from '../i18n/local.ts'
import { usePlanning } from './session.ts'

type Op = LogLine['op']

/** What an operation did, in a few words; grids that are gone by now are named as they were at first. */
export function useOpWords(): (op: Op) => string {
  const { t } = useLocal()
  const nameOf = useKeyName()
  return (op) => {
    switch (op.kind) {
      case 'paint':
        return t('planning.op.paint', { count: op.atoms.length, grid: nameOf(op.grid) })
      case 'move-node':
        return t('planning.op.moveNode')
      case 'move-vertex':
        return t('planning.op.moveVertex')
      case 'add-vertex':
        return t('planning.op.addVertex')
      case 'remove-vertex':
        return t('planning.op.removeVertex')
      case 'split-atom':
        return t('planning.op.splitAtom')
      case 'reshape': {
        const [grid = 0, other = 0] = op.grids
        return t('planning.op.reshape', { grid: nameOf(grid), other: nameOf(other) })
      }
      case 'merge':
        return t('planning.op.merge', { grid: nameOf(op.grid), other: nameOf(op.into) })
      case 'make':
        return t('planning.op.make', { count: op.atoms.length })
      case 'split':
      case 'edit':
      case 'station':
      case 'lock':
      case 'unlock':
        return t(`planning.op.${op.kind}`, { grid: nameOf(op.grid) })
    }
  }
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
