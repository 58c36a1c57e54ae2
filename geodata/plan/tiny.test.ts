import { array, assert, constantFrom, nat, property, record, type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import type { Arc, Fabric, Lattice } from '../fabric.ts'
import type { Draft, GridKey, PlanGrid } from './draft.ts'
import { draftOfFabric } from './drawing.ts'
import { areasOf, faultsOf } from './faults-testing.ts'
import type { Op } from './op.ts'
import { perform } from './perform.ts'
import { fabrics, point } from './tiny-testing.ts'
import { expectRepeatable, expectWhole, textOf, type Step } from './walk-testing.ts'

/** An operation without aim: lines and places fall anywhere. */
interface Dart {
  readonly kind: Op['kind']
  readonly arc: number
  readonly index: number
  readonly grid: number
  readonly line: readonly Lattice[]
}

const KINDS = [
  ...Array.from({ length: 3 }, () => ['split', 'split-atom', 'reshape', 'reshape', 'paint'] as const).flat(),
  ...([
    'move-node',
    'move-vertex',
    'add-vertex',
    'remove-vertex',
    'merge',
    'make',
    'lock',
    'unlock',
  ] as const),
]

const darts = (): Arbitrary<readonly Dart[]> =>
  array(
    record({
      kind: constantFrom(...KINDS),
      arc: nat(500),
      index: nat(20),
      grid: nat(20),
      line: array(point(), { minLength: 2, maxLength: 4 }),
    }),
    { minLength: 4, maxLength: 12, size: 'max' },
  )

const NAMES = { name: '新', nameEn: 'New' }

function opOf(draft: Draft, { kind, arc: n, index, grid: g, line }: Dart): Op {
  const arcs = [...draft.arcs.values()].toSorted((a, b) => a.id - b.id)
  const keys = [...draft.grids.keys()].toSorted((a, b) => a - b)
  const [arc, grid, to] = [arcs[n % arcs.length], keys[g % keys.length], line[0]]
  if (!arc || grid === undefined || !to) throw new RangeError('a draft without arcs or grids')
  return MAKERS[kind]({ draft, arc, grid, index, line, to })
}

interface Setting {
  readonly draft: Draft
  readonly arc: Arc
  readonly grid: GridKey
  readonly index: number
  readonly line: readonly Lattice[]
  readonly to: Lattice
}

const atomOf = ({ arc }: Setting): number => arc.left || arc.right
const labelOf = (draft: Draft, atom: number): GridKey => draft.labels.get(atom) ?? 0

const MAKERS: { readonly [K in Op['kind']]: (setting: Setting) => Op } = {
  split: ({ grid, line }) => ({ kind: 'split', grid, line, ...NAMES }),
  'split-atom': (setting) => ({ kind: 'split-atom', atom: atomOf(setting), line: setting.line }),
  reshape: ({ draft, arc, line }) => ({
    kind: 'reshape',
    grids: [labelOf(draft, arc.left), labelOf(draft, arc.right)],
    line,
  }),
  paint: ({ draft, arc }) => ({ kind: 'paint', atoms: [arc.left], grid: labelOf(draft, arc.right) }),
  make: (setting) => ({ kind: 'make', atoms: [atomOf(setting)], ...NAMES }),
  merge: ({ draft, arc }) => ({
    kind: 'merge',
    grid: labelOf(draft, arc.left),
    into: labelOf(draft, arc.right),
  }),
  'move-node': ({ arc, to }) => ({ kind: 'move-node', node: arc.n0, to }),
  'move-vertex': ({ arc, index, to }) => ({
    kind: 'move-vertex',
    arc: arc.id,
    index: index % arc.points.length,
    to,
  }),
  'add-vertex': ({ arc, to }) => ({ kind: 'add-vertex', arc: arc.id, index: 1, at: to }),
  'remove-vertex': ({ arc, index }) => ({
    kind: 'remove-vertex',
    arc: arc.id,
    index: index % arc.points.length,
  }),
  edit: ({ grid }) => ({ kind: 'edit', grid, ...NAMES }),
  station: ({ grid, to }) => ({ kind: 'station', grid, at: to }),
  lock: ({ grid }) => ({ kind: 'lock', grid }),
  unlock: ({ grid }) => ({ kind: 'unlock', grid }),
}

/** Either all atoms are one grid, or each is one. */
function draftOfTiny(fabric: Fabric, division: 'one' | 'each'): Draft {
  const labels = new Map(fabric.atoms.map(({ id }) => [id, division === 'one' ? 1 : id]))
  const grids = [...new Set(labels.values())].map((key): PlanGrid => ({
    key,
    code: null,
    name: '网格',
    nameEn: 'Grid',
    kind: 'urban-full-time',
    community: 'C',
    worker: null,
    station: null,
    locked: false,
  }))
  return draftOfFabric(fabric, labels, grids)
}

test(
  'operations without aim on a lattice of 40 units keep every invariant, or are refused',
  { timeout: 120_000 },
  () => {
    const done = new Map<Op['kind'], number>()
    assert(
      property(fabrics(), constantFrom('one', 'each'), darts(), (fabric, division, list) => {
        const draft = draftOfTiny(fabric, division)
        const areas = areasOf(draft)
        const start = textOf(draft)
        const steps: Step[] = []
        for (const dart of list) {
          const op = opOf(draft, dart)
          const result = perform(draft, op)
          if (!result.ok) continue
          steps.push({ op, patch: result.patch })
          done.set(op.kind, (done.get(op.kind) ?? 0) + 1)
          expect({ op, faults: faultsOf(draft, result.patch, areas) }).toEqual({ op, faults: [] })
        }
        expectWhole(draft)
        expectRepeatable(draft, steps, start)
      }),
      { numRuns: 1200 },
    )
    for (const kind of ['split', 'split-atom', 'reshape', 'paint', 'merge'] as const)
      expect(done.get(kind) ?? 0, kind).toBeGreaterThan(0)
  },
)
