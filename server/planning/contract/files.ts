import { Type, type Static } from 'typebox'
import { CRS_NAMES } from '#geo/crs-names'
import { endpoint, Id, Position } from '../../http/contract.ts'
import { strict } from './draft.ts'
import { Scenario } from './scenario.ts'

const text = { type: 'string' } as const

/** Formats that plans go out and come in by; `assignments` is a CSV of atoms and grids. */
export const FILE_FORMATS = ['geojson', 'topojson', 'shapefile', 'geopackage', 'kml', 'assignments'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

const FileFormat = Type.Enum(FILE_FORMATS, text)
const CrsName = Type.Enum(CRS_NAMES, text)
const Axes = Type.Enum(['east-first', 'north-first'], text)

const asked = {
  /** What its ground is compared with and laid upon. */
  kind: Type.Union([Type.Literal('plan'), Type.Literal('scenario')]),
  id: Id,
  /** What the numbers are in; where left out, what fits the ground best. */
  crs: Type.Optional(CrsName),
  axes: Type.Optional(Axes),
  /** Gaps, overlaps and slivers are put right by the stated rules. */
  repair: Type.Optional(Type.Literal('yes')),
}

export const FileFault = Type.Object({
  code: Type.String(),
  severity: Type.Enum(['error', 'repairable', 'note'], text),
  grids: Type.Array(Type.String()),
  at: Type.Union([Position, Type.Null()]),
  count: Type.Integer(),
  words: Type.Object({ zh: Type.String(), en: Type.String() }),
})
export type FileFault = Static<typeof FileFault>

/** What a file is, and what it would change; nothing is written by asking. */
export const FileReport = Type.Object({
  format: FileFormat,
  encoding: Type.Enum(['utf-8', 'gb18030'], text),
  /** What the file says that it is in. */
  namedAs: Type.Union([Type.String(), Type.Null()]),
  /** Ways to read the numbers, the one that fits best first; offsets in metres from the ground that is known. */
  readings: Type.Array(
    Type.Object({
      crs: CrsName,
      axes: Axes,
      eastM: Type.Number(),
      northM: Type.Number(),
      offM: Type.Number(),
    }),
  ),
  /** The way it was read; null where it has no places. */
  crs: Type.Union([CrsName, Type.Null()]),
  axes: Axes,
  grids: Type.Integer(),
  faults: Type.Array(FileFault),
  /** What the repair did; null where none was asked for. */
  repaired: Type.Union([
    Type.Object({ places: Type.Integer(), areaM2: Type.Number(), joined: Type.Integer() }),
    Type.Null(),
  ]),
  /** Whether it can be taken as a draft as it is. */
  ready: Type.Boolean(),
  /** Grids that the plan has and the file does not, by code; and the other way round. */
  ends: Type.Array(Type.String()),
  begins: Type.Array(Type.String()),
  /** Grids with another shape than in the plan. */
  reshaped: Type.Integer(),
  /** Atoms that a table of assignments gives to another grid. */
  moved: Type.Integer(),
  /** Ground that the file adds to the sub-district, and that it leaves out. */
  outside: Type.Object({ addedM2: Type.Number(), lostM2: Type.Number() }),
})
export type FileReport = Static<typeof FileReport>

export const checkFile = endpoint(
  'POST',
  '/api/planning/files/check',
  { query: Type.Object(asked, strict), reply: FileReport },
  { summary: 'What a boundary file is and would change', policy: 'plans.write', upload: true, unkept: true },
)

export const importFile = endpoint(
  'POST',
  '/api/planning/files/import',
  {
    query: Type.Object({ ...asked, name: Type.String({ minLength: 1, maxLength: 80 }) }, strict),
    reply: Scenario,
  },
  { summary: 'Takes a boundary file as a new draft', policy: 'plans.write', upload: true, status: 201 },
)

export const exportFile = endpoint(
  'GET',
  '/api/planning/files/export',
  {
    query: Type.Object({ kind: asked.kind, id: asked.id, format: FileFormat }, strict),
    reply: Type.String(),
  },
  {
    summary: 'A plan or draft as a file, with the certificate of its invariants',
    policy: 'plans.read',
    media: 'application/octet-stream',
  },
)
