import { Type, type Static } from 'typebox'
import { endpoint, Id, Position } from '../http/contract.ts'

export const GridKind = Type.Union([
  Type.Literal('urban-full-time'),
  Type.Literal('urban-comprehensive'),
  Type.Literal('rural-comprehensive'),
])
export type GridKind = Static<typeof GridKind>

/** What a point needs to know of a grid. */
export const GridRef = Type.Object({ id: Id, code: Type.String(), name: Type.String() })
export type GridRef = Static<typeof GridRef>

/** Why a point belongs to its grid. */
export const PlacementRule = Type.Union([
  Type.Literal('inside'),
  Type.Literal('shared-border'),
  Type.Literal('near'),
  Type.Literal('outside'),
  Type.Literal('person'),
])
export type PlacementRule = Static<typeof PlacementRule>

/** A grid that may own the point; `distanceM` is 0 where the grid covers it. */
export const Candidate = Type.Object({ ...GridRef.properties, distanceM: Type.Number({ minimum: 0 }) })
export type Candidate = Static<typeof Candidate>

/**
 * The answer with its reason. `rule` says which rule chose: inside one grid; on a border shared by several (lowest code
 * wins); outside all but within 30 m of the nearest; outside (no grid, on the border desk); or placed by a person.
 * `tieBreak` is set where several candidates were equally good.
 */
export const Placement = Type.Object({
  rule: PlacementRule,
  candidates: Type.Array(Candidate),
  tieBreak: Type.Optional(Type.Literal('lowest-code')),
})
export type Placement = Static<typeof Placement>

const Numbers = Type.Record(Type.String(), Type.Integer())

export const GridProperties = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  kind: GridKind,
  community: Type.Object({ code: Type.String(), name: Type.String(), nameEn: Type.String() }),
  worker: Type.Union([Type.Object({ name: Type.String(), fullTime: Type.Boolean() }), Type.Null()]),
  accepted: Type.Boolean(),
  households: Type.Integer(),
  open: Type.Integer(),
  overdue: Type.Integer(),
  /** Inside the polygon, for the label. */
  label: Position,
})
export type GridProperties = Static<typeof GridProperties>

export const GridFeature = Type.Object({
  type: Type.Literal('Feature'),
  id: Id,
  properties: GridProperties,
  geometry: Type.Object({
    type: Type.Literal('MultiPolygon'),
    coordinates: Type.Array(Type.Array(Type.Array(Position))),
  }),
})
export type GridFeature = Static<typeof GridFeature>

const GridCollection = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(GridFeature),
})

export const GridDetail = Type.Object({
  ...GridProperties.properties,
  areaM2: Type.Number(),
  station: Type.Union([Type.Object({ name: Type.String(), position: Position }), Type.Null()]),
  buildings: Type.Integer(),
  closedThisWeek: Type.Integer(),
  reportedThisWeek: Type.Integer(),
  /** Events of the past 365 days by category code. */
  byCategory: Numbers,
  /** Events reported in each of the past 26 weeks, oldest first; the last one is the running week. */
  trend: Type.Array(Type.Integer()),
  /** Counts only: disputes are not public. */
  disputes: Type.Object({ open: Type.Integer(), year: Type.Integer() }),
  neighbours: Type.Array(GridRef),
})
export type GridDetail = Static<typeof GridDetail>

export const listGrids = endpoint(
  'GET',
  '/api/grids',
  { reply: GridCollection },
  {
    summary: 'All grids in force now, as GeoJSON with their open and overdue counts',
    policy: 'signed-in',
    media: 'application/geo+json',
  },
)

export const readGrid = endpoint(
  'GET',
  '/api/grids/:id',
  { params: Type.Object({ id: Id }), reply: GridDetail },
  {
    summary: 'One grid with its worker, station, load and trend',
    policy: 'signed-in',
  },
)

export const locate = endpoint(
  'GET',
  '/api/locate',
  {
    query: Type.Object({
      lng: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
      accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 10_000 })),
    }),
    reply: Type.Object({ grid: Type.Union([GridRef, Type.Null()]), placement: Placement }),
  },
  { summary: 'Which grid a point belongs to, and why', policy: 'signed-in' },
)
