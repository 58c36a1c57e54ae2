import { Type, type Static } from 'typebox'
import { Id } from '../../http/contract.ts'
import { GridKind } from '../../grids/contract.ts'

export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
export const Int = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })
export const Key = Type.Integer({ minimum: -100_000, maximum: 2_147_483_647 })
/** [x, y] in units of 1e-7 degree. */
const Lattice = Type.Array(Int, { minItems: 2, maxItems: 2 })
const Line = Type.Array(Lattice, { minItems: 2, maxItems: 500 })
const Atoms = Type.Array(Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), {
  minItems: 1,
  maxItems: 20_000,
})
const Name = Text(40)
export const strict = { additionalProperties: false } as const

/** The same union as `Op` of geodata/plan/op.ts, which says what each does; a test holds them together. */
export const PlanOp = Type.Union([
  Type.Object({ kind: Type.Literal('paint'), atoms: Atoms, grid: Key }, strict),
  Type.Object({ kind: Type.Literal('move-node'), node: Int, to: Lattice }, strict),
  Type.Object({ kind: Type.Literal('move-vertex'), arc: Int, index: Int, to: Lattice }, strict),
  Type.Object({ kind: Type.Literal('add-vertex'), arc: Int, index: Int, at: Lattice }, strict),
  Type.Object({ kind: Type.Literal('remove-vertex'), arc: Int, index: Int }, strict),
  Type.Object(
    { kind: Type.Literal('reshape'), grids: Type.Array(Key, { minItems: 2, maxItems: 2 }), line: Line },
    strict,
  ),
  Type.Object({ kind: Type.Literal('split'), grid: Key, line: Line, name: Name, nameEn: Name }, strict),
  Type.Object({ kind: Type.Literal('split-atom'), atom: Int, line: Line }, strict),
  Type.Object({ kind: Type.Literal('merge'), grid: Key, into: Key }, strict),
  Type.Object({ kind: Type.Literal('make'), atoms: Atoms, name: Name, nameEn: Name }, strict),
  Type.Object(
    {
      kind: Type.Literal('edit'),
      grid: Key,
      name: Type.Optional(Name),
      nameEn: Type.Optional(Name),
      gridKind: Type.Optional(GridKind),
      worker: Type.Optional(Type.Union([Id, Type.Null()])),
    },
    strict,
  ),
  Type.Object({ kind: Type.Literal('station'), grid: Key, at: Lattice }, strict),
  Type.Object({ kind: Type.Literal('lock'), grid: Key }, strict),
  Type.Object({ kind: Type.Literal('unlock'), grid: Key }, strict),
])
export type PlanOp = Static<typeof PlanOp>

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const PlanGrid = Type.Object({
  key: Key,
  code: orNull(Type.String()),
  name: Type.String(),
  nameEn: Type.String(),
  kind: GridKind,
  community: Type.String(),
  worker: orNull(Id),
  station: orNull(Lattice),
  locked: Type.Boolean(),
})

/** See geodata/plan/drawing.ts for the columns. */
export const Drawing = Type.Object({
  next: Type.Object({ node: Int, arc: Int, atom: Int, grid: Key }),
  nodes: Type.Array(Int),
  arcs: Type.Array(Int),
  atoms: Type.Array(Int),
  communities: Type.Array(Type.String()),
  grids: Type.Array(PlanGrid),
})
export type Drawing = Static<typeof Drawing>
