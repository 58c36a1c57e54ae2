import autocannon from 'autocannon'
import type pg from 'pg'
import { compare, doneNow, print, type Done } from './ratio.ts'

export interface Field {
  readonly url: string
  /** Headers of one signed in there. */
  readonly door: { readonly cookie: string }
  readonly pool: pg.Pool
  /** A random place inside the sub-district. */
  readonly point: () => [lng: number, lat: number]
}

const BATCH = 1000
const SINGLES = 2000
const CALLERS = 8

/**
 * The rows that an intake leaves, written by one raw statement: the event in its grid, its promise, the step of the trail. The
 * grid is the covering one of the lowest code; nothing is validated or counted, no candidate is kept, no answer is made.
 */
const RAW = `
  with report as (
    select * from unnest($1::double precision[], $2::double precision[]) as r(lng, lat)
  ), event as (
    insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, geom, grid_id, rule, placement)
    select '01-10', 'reported', 'public', now(), now(), now() + interval '4 hours', now() + interval '2 hours', point, grid.id,
      case when grid.id is null then 'outside' else 'inside' end, '{"candidates":[]}'
    from report
    cross join lateral (select st_setsrid(st_makepoint(lng, lat), 4326) as point) p
    left join lateral (
      select g.id from boundaries b join grids g on g.id = b.grid_id
      where st_covers(b.geom, point) and b.valid @> now() order by g.code limit 1
    ) grid on true
    returning id, grid_id, geom, due_at
  ), promised as (
    insert into obligations (event_id, carrier_id, channel, due_at) select id, id, 'grid', due_at from event
  )
  insert into steps (at, actor, subject, step, data)
  select now(), 'bench', 'event/' || id, 'event.reported',
    jsonb_build_object('id', id, 'gridId', grid_id, 'position', jsonb_build_array(st_x(geom), st_y(geom)), 'dueAt', due_at)
  from event`

export async function benchIntake(field: Field): Promise<void> {
  const batch = await compare(
    5,
    async () => {
      await Promise.all([postBatch(field), postBatch(field)])
      return doneNow(2 * BATCH)
    },
    async () => {
      await Promise.all([rawBatch(field, BATCH), rawBatch(field, BATCH)])
      return doneNow(2 * BATCH)
    },
  )
  print({
    name: '(a) batch intake, API / raw INSERT … SELECT',
    text: `${batch.ratio.toFixed(2)}  (${batch.ours.toFixed(0)} / ${batch.baseline.toFixed(0)} events/s, 2 callers × 1,000)`,
    met: batch.ratio >= 0.5,
  })
  for (const callers of [1, CALLERS]) {
    const single = await compare(
      3,
      () => postSingles(field, callers),
      () => rawSingles(field, callers),
    )
    print({
      name: `(a) single intake, API / raw row, ${callers} caller${callers > 1 ? 's' : ''}`,
      text: `${single.ratio.toFixed(2)}  (${single.ours.toFixed(0)} / ${single.baseline.toFixed(0)} events/s)`,
      met: single.ratio >= 0.4,
    })
  }
}

async function postBatch({ url, door, point }: Field): Promise<void> {
  const items = Array.from({ length: BATCH }, () => ({
    position: point(),
    category: '01-10',
    source: 'public',
  }))
  const reply = await fetch(`${url}/api/events/batch`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  })
  const answer = (await reply.json()) as { accepted?: number }
  if (answer.accepted !== BATCH)
    throw new Error(`batch: ${reply.status} ${JSON.stringify(answer).slice(0, 500)}`)
}

async function rawBatch({ pool, point }: Field, size: number): Promise<void> {
  const points = Array.from({ length: size }, point)
  await pool.query({ name: 'raw', text: RAW, values: [points.map((p) => p[0]), points.map((p) => p[1])] })
}

async function postSingles({ url, door, point }: Field, callers: number): Promise<Done> {
  const amount = callers === 1 ? SINGLES / 4 : SINGLES
  // autocannon itself ends at the next full second.
  let at = 0
  const result = await autocannon({
    url: `${url}/api/events`,
    connections: callers,
    amount,
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json' },
    setupClient: (client) => {
      const next = () =>
        client.setBody(JSON.stringify({ position: point(), category: '01-10', source: 'public' }))
      next()
      client.on('response', () => {
        at = performance.now()
        next()
      })
    },
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`single intake: ${result.non2xx} refused`)
  return { work: amount, at }
}

async function rawSingles(field: Field, callers: number): Promise<Done> {
  const amount = callers === 1 ? SINGLES / 4 : SINGLES
  let left = amount
  const caller = async () => {
    while (left-- > 0) await rawBatch(field, 1)
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return doneNow(amount)
}
