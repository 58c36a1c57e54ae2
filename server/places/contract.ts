import { Type, type Static } from 'typebox'
import { endpoint, Id, Position } from '../http/contract.ts'
import { GridRef } from '../grids/contract.ts'

export const Community = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  area: Type.Union([Type.Literal('urban'), Type.Literal('rural')]),
})
export type Community = Static<typeof Community>

export const readSubdistrict = endpoint(
  'GET',
  '/api/subdistrict',
  {
    reply: Type.Object({
      code: Type.String(),
      name: Type.String(),
      nameEn: Type.String(),
      center: Position,
      /** west, south, east, north */
      bbox: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
      grids: Type.Integer(),
      households: Type.Integer(),
      communities: Type.Array(Community),
      /** Invented data, as the console must say. */
      demo: Type.Boolean(),
      /** 审图号, printed on the map where the office has one. */
      mapApproval: Type.Union([Type.String(), Type.Null()]),
    }),
  },
  { summary: 'The sub-district that this installation serves', policy: 'signed-in' },
)

/** GeoJSON features with properties { layer, class, name, nameEn }. */
export const readBasemap = endpoint(
  'GET',
  '/api/places/basemap',
  { reply: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Unknown()) }) },
  { summary: 'Water, roads, land use and names to draw', policy: 'signed-in', media: 'application/geo+json' },
)

/** GeoJSON features with properties { id, kind, address, households, floors }. */
export const readBuildings = endpoint(
  'GET',
  '/api/places/buildings',
  { reply: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Unknown()) }) },
  { summary: 'Building footprints with addresses', policy: 'signed-in', media: 'application/geo+json' },
)

export const AddressMatch = Type.Object({
  id: Id,
  text: Type.String(),
  position: Position,
  grid: Type.Union([GridRef, Type.Null()]),
  /** Trigram likeness, 0 to 1; 1 is the same text. */
  likeness: Type.Number(),
})
export type AddressMatch = Static<typeof AddressMatch>

export const findAddresses = endpoint(
  'GET',
  '/api/places/addresses',
  {
    query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: Type.Array(AddressMatch),
  },
  { summary: 'Addresses most like a text, best first', policy: 'signed-in' },
)

export const Hit = Type.Object({
  kind: Type.Union([
    Type.Literal('address'),
    Type.Literal('event'),
    Type.Literal('grid'),
    Type.Literal('worker'),
    Type.Literal('place'),
  ]),
  id: Type.Integer(),
  label: Type.String(),
  labelEn: Type.String(),
  position: Position,
})
export type Hit = Static<typeof Hit>

export const search = endpoint(
  'GET',
  '/api/search',
  {
    query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 100 }) }),
    reply: Type.Array(Hit),
  },
  { summary: 'One box for addresses, event numbers, grids, workers and named places', policy: 'signed-in' },
)
