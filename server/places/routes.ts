import type { FastifyInstance } from 'fastify'
import { idOfNumber } from '#rules/events'
import { reachOf } from '../accounts/rules.ts'
import { mount, type Ctx } from '../http/mount.ts'
import { Ready } from '../http/ready.ts'
import { refuse } from '../http/problems.ts'
import * as places from './contract.ts'
import { addressText } from './rules.ts'
import {
  findAddresses,
  findEventById,
  findNamed,
  readBasemap,
  readBuildings,
  readSubdistrict,
  readVersion,
} from './store.ts'

interface Settings {
  /** 审图号 */
  readonly mapApproval: string | null
}

export function placeRoutes(app: FastifyInstance, { mapApproval }: Settings): void {
  mount(app, places.readSubdistrict, async ({ ctx }) => {
    const subdistrict = await readSubdistrict(ctx.db, ctx.now)
    if (!subdistrict) {
      throw refuse('not-found', { zh: '尚未载入街道数据。', en: 'No sub-district has been loaded yet.' })
    }
    return { ...subdistrict, mapApproval }
  })
  const basemap = keeper('features', readBasemap)
  const buildings = keeper('buildings', readBuildings)
  mount(app, places.readBasemap, ({ ctx }) => basemap(ctx))
  mount(app, places.readBuildings, ({ ctx }) => buildings(ctx))
  mount(app, places.findAddresses, async ({ ctx, query }) => {
    const [matches = []] = await findAddresses(ctx.db, [addressText(query.text)], ctx.now)
    return matches
  })
  mount(app, places.search, ({ ctx, query }) => search(ctx, query.text.trim()))
}

/** Composes a large answer once, and again only after its table has changed. */
function keeper(table: 'features' | 'buildings', read: (db: Ctx['db']) => Promise<string>) {
  let kept = { version: '', text: '' }
  return async ({ db }: Ctx): Promise<Ready> => {
    const version = await readVersion(db, table)
    if (version !== kept.version) kept = { version, text: await read(db) }
    return new Ready(kept.text, { etag: `W/"${table}-${version}"` })
  }
}

const ADDRESSES = 6

async function search({ db, actor, now }: Ctx, text: string): Promise<places.Hit[]> {
  if (text === '') return []
  const number = idOfNumber(text)
  const event = number === null ? null : await findEventById(db, number, reachOf(actor, 'events.read'))
  const [addresses = []] = await findAddresses(db, [addressText(text)], now)
  const named = await findNamed(db, text, now)
  return [
    ...(event && number !== null ? [hit('event', number, `${text} ${event.category}`, event.position)] : []),
    ...named,
    ...addresses.slice(0, ADDRESSES).map((match) => hit('address', match.id, match.text, match.position)),
  ]
}

function hit(kind: places.Hit['kind'], id: number, label: string, position: number[]): places.Hit {
  return { kind, id, label, labelEn: label, position }
}
