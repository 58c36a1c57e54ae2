import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { toLattice, toPosition } from '#geo/lattice'
import { mondayOf } from '#rules/deadlines'
import { mount, type Ctx } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { refuse } from '../http/problems.ts'
import { locateOne } from './actions.ts'
import { keptAccuracy } from './rules.ts'
import { listGrids, locate, readGrid, type GridDetail, type GridProperties } from './contract.ts'
import { listGridRows, readGround, readLoad, readShapes, type Shape } from './store.ts'

export function gridRoutes(app: FastifyInstance): void {
  const collection = collector()
  mount(app, listGrids, ({ ctx }) => collection(ctx))
  mount(app, readGrid, ({ ctx, params }) => detail(ctx, params.id))
  mount(app, locate, ({ ctx, query }) =>
    locateOne(ctx.db, {
      position: toPosition(toLattice([query.lng, query.lat])),
      at: ctx.now,
      accuracyM: keptAccuracy(query.accuracyM ?? 0),
    }),
  )
}

/** Counts are always fresh; only the shapes, which are most of the bytes, are kept between requests. */
function collector(): (ctx: Ctx) => Promise<Ready> {
  let kept = new Map<number, Shape>()
  return async (ctx) => {
    const rows = await listGridRows(ctx.db, ctx.now)
    const missing = rows.map((row) => row.boundary).filter((id) => !kept.has(id))
    const read = missing.length > 0 ? await readShapes(ctx.db, missing) : new Map<number, Shape>()
    const shapes = new Map<number, Shape>()
    const features = rows.flatMap(({ boundary, ...properties }) => {
      const shape = kept.get(boundary) ?? read.get(boundary)
      if (!shape) return []
      shapes.set(boundary, shape)
      return [feature({ ...properties, label: shape.label }, shape.coordinates)]
    })
    kept = shapes
    const text = `{"type":"FeatureCollection","features":[${features.join(',')}]}`
    return new Ready(text, { etag: `W/"${createHash('sha1').update(text).digest('base64url')}"` })
  }
}

function feature(properties: GridProperties, coordinates: string): string {
  const geometry = `{"type":"MultiPolygon","coordinates":${coordinates}}`
  return `{"type":"Feature","id":${properties.id},"properties":${JSON.stringify(properties)},"geometry":${geometry}}`
}

const WEEK = 7 * 86_400_000
const WEEKS = 26
const YEAR = 365 * 86_400_000

async function detail({ db, now }: Ctx, id: number): Promise<GridDetail> {
  const [row] = await listGridRows(db, now, id)
  if (!row) {
    throw refuse('not-found', { zh: '没有这个网格。', en: 'There is no such grid.' }, { field: '/id' })
  }
  const monday = mondayOf(now.getTime())
  const first = monday - (WEEKS - 1) * WEEK
  const shapes = await readShapes(db, [row.boundary])
  const ground = await readGround(db, row, now)
  const load = await readLoad(db, id, {
    year: new Date(now.getTime() - YEAR),
    week: new Date(monday),
    weeks: new Date(first),
  })
  const { boundary, ...properties } = row
  const label = shapes.get(boundary)?.label ?? [0, 0]
  const trend = Array.from({ length: WEEKS }, (_, week) => load.trend[week] ?? 0)
  return { ...properties, label, ...ground, ...load, trend }
}
