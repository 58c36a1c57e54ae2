import autocannon from 'autocannon'
import type pg from 'pg'
import type { Field } from './intake.ts'
import { compare, doneNow, median, print, type Done } from './ratio.ts'

const CALLERS = 8
const LOOKUPS = 4000

const RAW = `
  select g.id, g.code, g.name from boundaries b join grids g on g.id = b.grid_id
  where st_covers(b.geom, st_setsrid(st_makepoint($1, $2), 4326)) and b.valid @> now()
  order by g.code limit 1`

export async function benchLocate(field: Field): Promise<void> {
  const { ratio, ours, baseline } = await compare(
    3,
    () => locateAll(field),
    () => rawAll(field),
  )
  print({
    name: '(b) locate, API / raw prepared query, 8 callers',
    text: `${ratio.toFixed(2)}  (${ours.toFixed(0)} / ${baseline.toFixed(0)} lookups/s)`,
    met: ratio >= 0.5,
  })
}

async function locateAll({ url, door, point }: Field): Promise<Done> {
  const path = () => {
    const [lng, lat] = point()
    return `/api/locate?lng=${lng}&lat=${lat}`
  }
  let at = 0
  const result = await autocannon({
    setupClient: (client) => {
      client.on('response', () => {
        at = performance.now()
      })
    },
    url,
    headers: door,
    connections: CALLERS,
    amount: LOOKUPS,
    requests: Array.from({ length: 500 }, () => ({ method: 'GET' as const, path: path() })),
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`locate: ${result.non2xx} refused`)
  return { work: LOOKUPS, at }
}

async function rawAll({ pool, point }: Field): Promise<Done> {
  let left = LOOKUPS
  const caller = async () => {
    while (left-- > 0) await pool.query({ name: 'raw-locate', text: RAW, values: point() })
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return doneNow(LOOKUPS)
}

/**
 * (c) The same lookup over 81 grids and over 120,000 hexagons of 61 vertices. Both servers run the product's own code; only
 * the number of boundaries differs.
 */
export async function benchScale(small: Field, large: Field): Promise<void> {
  const times = { small: [] as number[], large: [] as number[] }
  for (let i = 0; i < 4; i++) {
    const [a, b] = [await timed(small), await timed(large)]
    if (i > 0) {
      times.small.push(a)
      times.large.push(b)
    }
  }
  const ratio = median(times.large) / median(times.small)
  print({
    name: '(c) locate with 120,000 grids / with the demo’s',
    text: `${ratio.toFixed(2)} × the time  (${median(times.large).toFixed(2)} / ${median(times.small).toFixed(2)} ms)`,
    met: ratio <= 2,
  })
}

async function timed(field: Field): Promise<number> {
  const start = performance.now()
  const { at } = await locateAll(field)
  return ((at - start) * CALLERS) / LOOKUPS
}

/** Fills a migrated, empty database with `count` hexagons around [119.9, 32.4], each a grid in force for ever; a demo, so that one can sign in. */
export async function fillHexagons(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(`
    insert into subdistricts (code, name, name_en, center, demo)
    values ('bench', '测试', 'Bench', st_setsrid(st_makepoint(119.9, 32.4), 4326), true)`)
  await pool.query(`insert into communities values ('bench', '测试', 'Bench', 'rural')`)
  const hexes = `
    select row_number() over () as n, st_segmentize(geom, 0.0001) as geom
    from st_hexagongrid(0.001, st_makeenvelope(119.5, 32.1, 120.35, 32.75, 4326)) limit ${count}`
  await pool.query(`
    with hex as (${hexes}), grid as (
      insert into grids (code, name, name_en, kind, community, accepted)
      select 'bench' || lpad(n::text, 9, '0'), n::text, n::text, 'rural-comprehensive', 'bench', false from hex
      returning id, code
    )
    insert into boundaries (grid_id, valid, geom)
    select grid.id, tstzrange('2000-01-01', null), st_multi(hex.geom)
    from grid join hex on grid.code = 'bench' || lpad(hex.n::text, 9, '0')`)
  await pool.query('analyze')
}
