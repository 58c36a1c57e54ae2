import { sql } from 'drizzle-orm'
import type { Role } from '#contract/accounts'
import type { Doer } from '../geodata/demo/casework.ts'
import type { Db } from './open.ts'

/** As the trail names whoever did something. */
export interface Person {
  readonly actor: string
  readonly account: number | null
  readonly role: Role | null
}

/** Where a case lies and whose it is. */
interface Scene {
  readonly n: number
  readonly source: string
  readonly gridId: number | null
  /** Of the units that its class names, or that have it. */
  readonly units: readonly string[]
}

export type Cast = (by: Doer, scene: Scene) => Person

interface Known {
  readonly id: number
  readonly role: Role
  readonly community: string | null
  readonly grid: number | null
  readonly unit: string | null
}

/** Who plays which part in the history, of the accounts of the demo. */
export async function readCast(db: Db): Promise<Cast> {
  const found = await db.execute<Known & Record<string, unknown>>(sql`
    select a.id, d.role, d.community, d.grids[1] as grid, d.unit
    from duties d join accounts a on a.id = d.account_id where a.demo order by a.id`)
  const grids = await db.execute<{ id: number; community: string }>(sql`select id, community from grids`)
  const communities = new Map(grids.rows.map(({ id, community }) => [id, community]))
  const of = (role: Role) => found.rows.filter((known) => known.role === role)
  const workers = new Map(of('grid-worker').map((known) => [known.grid, known]))
  const leads = new Map(of('grid-lead').map((known) => [known.community, known]))
  const liaisons = new Map(of('unit-liaison').map((known) => [known.unit, known]))
  const handlers = new Map(of('handler').map((known) => [known.unit, known]))
  const worker = ({ gridId, n }: Scene) => workers.get(gridId) ?? of('grid-worker').at(n % 50)
  const lead = (scene: Scene) => leads.get(communities.get(scene.gridId ?? 0) ?? '') ?? worker(scene)
  const liaison = ({ units }: Scene) => liaisons.get(units[0] ?? '')
  const acceptor = ({ n }: Scene) => of('acceptor').at(n % 2) ?? of('acceptor')[0]
  const channels: Readonly<Record<string, (scene: Scene) => Known | undefined>> = {
    'grid-worker': worker,
    patrol: lead,
    'hotline-12345': acceptor,
    department: liaison,
  }
  const parts: Readonly<Record<Doer, (scene: Scene) => Known | undefined>> = {
    reporter: (scene) => channels[scene.source]?.(scene),
    field: worker,
    acceptor,
    'shift-lead': () => of('shift-lead')[0],
    dispatcher: () => of('dispatcher')[0],
    director: () => of('director')[0],
    liaison,
    handler: (scene) => handlers.get(scene.units[0] ?? '') ?? liaison(scene),
    sweep: () => undefined,
  }
  return (by, scene) => {
    const known = parts[by](scene)
    if (known) return { actor: `account/${known.id}`, account: known.id, role: known.role }
    return { actor: by === 'reporter' ? scene.source : by, account: null, role: null }
  }
}
