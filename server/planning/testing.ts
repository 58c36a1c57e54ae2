import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Db } from '#db/open'
import { fabricFromPolygons } from '#geo/polygons'
import { dissolve, multiPolygon } from '#geo/topology'
import { saveBoundaries, savePlan } from '../boundaries/store.ts'
import type { Role } from '../accounts/contract.ts'
import { post } from '../events/testing.ts'
import { as, peopleToy } from '../testing.ts'
import type { PlanOp, Scenario, ScenarioMove } from './contract.ts'

const CUTS = [0, 0.004, 0.01, 0.014, 0.02] as const
const CODES = ['G1', 'G2', 'G3', 'G4'] as const

/**
 * The toy sub-district on a fabric: each grid of four atoms, cut at 40 % of its width and height.
 *
 *      3  ┌──┬────┬──┬────┐
 *         │ G3    │ G4    │   of the village C2
 *      2  ├──┼────┼──┼────┤
 *      1  │ G1    │ G2    │   of the community C1
 *      0  └──┴────┴──┴────┘
 *          0   1   2   3      `atomAt(1, 1)` is where `PLACES.own` lies
 */
export async function planToy(db: Db): Promise<void> {
  await peopleToy(db)
  const { fabric, codes } = TOY
  await db.execute(sql`delete from boundaries where upper_inf(valid)`)
  const since = new Date('2020-01-01T00:00:00Z')
  const shapes = [...dissolve(fabric, codes)].map(([code, polygons]) => ({
    code,
    name: code,
    nameEn: code,
    kind: 'urban-full-time' as const,
    community: 'C1',
    accepted: true,
    worker: null,
    geometry: multiPolygon(polygons),
  }))
  await saveBoundaries(db, shapes, since)
  await savePlan(db, { fabric, labels: codes, name: '现行' }, { now: since, from: since })
}

function toyFabric() {
  const cells = CUTS.slice(1).flatMap((_, row) => CUTS.slice(1).map((__, column) => ({ row, column })))
  const { fabric, owner } = fabricFromPolygons(
    cells.map(({ row, column }) => ({ geometry: box(column, row), community: row < 2 ? 'C1' : 'C2' })),
  )
  const codes = new Map(
    [...owner].map(([atom, cell]) => {
      const { row, column } = cells[cell] ?? { row: 0, column: 0 }
      return [atom, CODES[2 * Math.trunc(row / 2) + Math.trunc(column / 2)] ?? 'G1']
    }),
  )
  return { fabric, codes, owner }
}

function box(column: number, row: number) {
  const round = (value: number) => Math.round(value * 1e7) / 1e7
  const [west, east] = [column, column + 1].map((n) => round(119.9 + (CUTS[n] ?? 0)))
  const [south, north] = [row, row + 1].map((n) => round(32.44 + (CUTS[n] ?? 0)))
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon' as const, coordinates: [ring.map(([x = 0, y = 0]): [number, number] => [x, y])] }
}

/** The atom in a column and row, counted from the south-west. */
export function atomAt(column: number, row: number): number {
  const found = [...TOY.owner].find(([, cell]) => cell === 4 * row + column)
  if (!found) throw new Error(`no atom at ${column}, ${row}`)
  return found[0]
}

const TOY = toyFabric()

/** People at their desks, over the API of one server. */
export function officeOf(app: () => FastifyInstance) {
  const send = async (who: Role, url: string, body: object) => {
    const answer = await post(app(), url, body, as(who))
    return { status: answer.statusCode, body: answer.json() }
  }
  const must = async <T>(who: Role, url: string, body: object): Promise<T> => {
    const { status, body: answer } = await send(who, url, body)
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(answer)}`)
    return answer as T
  }
  const moved = (
    who: Role,
    move: ScenarioMove,
    { id, version }: Pick<Scenario, 'id' | 'version'>,
    more: object = {},
  ) => [who, `/api/scenarios/${id}/moves`, { move, version, ...more }] as const
  return {
    send,
    fork: (name: string, from: Scenario['from'], ops: readonly PlanOp[]) =>
      must<Scenario>('planner', '/api/scenarios', { name, from, ops }),
    move: (...order: Parameters<typeof moved>) => must<Scenario>(...moved(...order)),
    /** What is said to a move that is refused. */
    refused: (...order: Parameters<typeof moved>) => send(...moved(...order)),
    get: async (who: Role, url: string) => (await app().inject({ url, headers: as(who) })).json(),
  }
}
