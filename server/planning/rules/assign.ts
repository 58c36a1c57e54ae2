import { draftOf, type Draft, type GridKey } from '#geo/plan/draft'
import { around } from '#geo/plan/parts'
import type { Words } from '../../http/contract.ts'
import type { FileFault } from '../contract/files.ts'

interface Assignment {
  readonly atom: number
  readonly grid: string
}

export interface Assigned {
  readonly faults: readonly FileFault[]
  /** Null while something stands in the way. */
  readonly draft: Draft | null
  /** Atoms that change their grid. */
  readonly moved: number
}

/** The plan with the labels of a table. Atoms that it does not name stay; grids are named by code, those without one by name. */
export function assign(base: Draft, rows: readonly Assignment[]): Assigned {
  const keys = new Map([...base.grids.values()].map(({ key, code, name }) => [code ?? name, key]))
  const labels = new Map(base.labels)
  const faults: FileFault[] = []
  const seen = new Set<number>()
  for (const { atom, grid } of rows) {
    const key = keys.get(grid)
    if (!base.atoms.has(atom)) faults.push(fault('unknown-atom', [], noAtom(atom)))
    if (key === undefined) faults.push(fault('unknown-grid', [grid], noGrid(grid)))
    if (seen.has(atom)) faults.push(fault('atom-twice', [], twice(atom)))
    seen.add(atom)
    if (key !== undefined && base.atoms.has(atom)) labels.set(atom, key)
  }
  if (faults.length > 0) return { faults: faults.slice(0, 100), draft: null, moved: 0 }
  const { nodes, arcs, atoms, grids, next } = base
  const draft = draftOf({
    nodes,
    arcs: arcs.values(),
    atoms: atoms.values(),
    grids: grids.values(),
    labels,
    next,
  })
  const broken = [...wrongCommunities(draft), ...wrongParts(draft)]
  const moved = [...labels].filter(([atom, key]) => base.labels.get(atom) !== key).length
  return { faults: broken, draft: broken.length > 0 ? null : draft, moved }
}

const fault = (code: string, grids: readonly string[], words: Words): FileFault => ({
  code,
  severity: 'error',
  grids: [...grids],
  at: null,
  count: 1,
  words,
})

function wrongCommunities({ atoms, grids, labels }: Draft): readonly FileFault[] {
  const wrong = new Set<GridKey>()
  for (const { id, community } of atoms.values()) {
    const grid = grids.get(labels.get(id) ?? 0)
    if (grid && grid.community !== community) wrong.add(grid.key)
  }
  return [...wrong].map((key) => {
    const { code, name = '' } = grids.get(key) ?? {}
    return fault('community', [code ?? name], {
      zh: `网格 ${name} 跨越了村（社区）边界。`,
      en: `Grid ${name} reaches across the border of a community.`,
    })
  })
}

function wrongParts(draft: Draft): readonly FileFault[] {
  return [...draft.grids.values()].flatMap(({ key, code, name }) => {
    const atoms = draft.atomsOfGrid.get(key) ?? new Set<number>()
    const reached = new Set([...atoms].slice(0, 1))
    for (const atom of reached) for (const next of around(draft, atom)) if (atoms.has(next)) reached.add(next)
    if (atoms.size > 0 && reached.size === atoms.size) return []
    const words =
      atoms.size === 0
        ? { zh: `网格 ${name} 没有任何单元。`, en: `Grid ${name} has no ground.` }
        : { zh: `网格 ${name} 不连通。`, en: `Grid ${name} lies in more than one part.` }
    return [fault('parts', [code ?? name], words)]
  })
}

const noAtom = (atom: number): Words => ({
  zh: `没有编号为 ${atom} 的单元。`,
  en: `There is no atom ${atom}.`,
})
const noGrid = (grid: string): Words => ({
  zh: `没有编码为 ${grid} 的网格。`,
  en: `There is no grid ${grid}.`,
})
const twice = (atom: number): Words => ({
  zh: `单元 ${atom} 出现了两次。`,
  en: `Atom ${atom} stands there twice.`,
})
