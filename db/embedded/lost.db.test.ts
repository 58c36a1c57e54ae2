import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from '../testing.ts'

/**
 * Native PostGIS raises when GEOS meets a ring that crosses itself. The embedded one would skip the statement and
 * commit the rest; here both must refuse, and leave the same nothing behind.
 */
const BOW = `st_geomfromtext('POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))', 4326)`
const SQUARE = `st_geomfromtext('POLYGON((0 0, 5 0, 5 5, 0 5, 0 0))', 4326)`
const overlay = sql.raw(`st_intersection(${BOW}, ${SQUARE})`)

onBothDatabases('an error of GEOS', (database) => {
  const prepare = (table: string) =>
    database().pool.query(`create table ${table} (id int primary key, geom geometry)`)
  const count = async (table: string) => {
    const { rows } = await database().pool.query<{ count: number }>(`select count(*) from ${table}`)
    return rows[0]?.count
  }
  const reason = { cause: expect.objectContaining({ code: 'XX000' }) }

  test('rolls the whole transaction back', async () => {
    await prepare('whole')
    const outcome = database().db.transaction(async (tx) => {
      await tx.execute(sql`insert into whole values (1)`)
      await tx.execute(sql`insert into whole select 2, ${overlay}`)
      await tx.execute(sql`insert into whole values (3)`)
    })
    await expect(outcome).rejects.toMatchObject(reason)
    expect(await count('whole')).toBe(0)
  })

  test('keeps none of the rows that its own statement wrote before', async () => {
    await prepare('single')
    const insert = `insert into single select i, case i when 5 then st_intersection(${BOW}, ${SQUARE}) end from generate_series(1, 9) i`
    await expect(database().pool.query(insert)).rejects.toMatchObject({ code: 'XX000' })
    await expect(database().pool.query(`${insert} where $1`, [true])).rejects.toMatchObject({ code: 'XX000' })
    expect(await count('single')).toBe(0)
  })

  test('inside a savepoint cannot be stepped over in silence', async () => {
    await prepare('stepped')
    const outcome = database().db.transaction(async (tx) => {
      await tx.execute(sql`insert into stepped values (1)`)
      await tx
        .transaction((inner) => inner.execute(sql`insert into stepped select 2, ${overlay}`))
        .then(() => expect.unreachable('the overlay is impossible'))
        .catch(() => {})
      await tx.execute(sql`insert into stepped values (3)`)
    })
    // PostgreSQL goes on after the savepoint; the embedded database has to give the transaction up. Neither keeps row 2.
    const kept = await outcome.then(
      () => [1, 3],
      () => [],
    )
    const { rows } = await database().pool.query<{ id: number }>('select id from stepped order by id')
    expect(rows.map(({ id }) => id)).toEqual(kept)
    expect(kept).toEqual(database().kind === 'postgres' ? [1, 3] : [])
  })

  test('inside a function is caught by PostgreSQL; the embedded database refuses the whole', async () => {
    await prepare('caught')
    const block = `do $$ begin
      insert into caught values (1);
      begin insert into caught select 2, st_intersection(${BOW}, ${SQUARE});
      exception when others then insert into caught values (3); end;
    end $$`
    const embedded = database().kind === 'embedded'
    const outcome = database().pool.query(block)
    await (embedded ? expect(outcome).rejects.toMatchObject({ code: 'XX000' }) : outcome)
    const { rows } = await database().pool.query<{ id: number }>('select id from caught order by id')
    expect(rows.map(({ id }) => id)).toEqual(embedded ? [] : [1, 3])
  })

  test('in a prepared statement does not spoil it for good input', async () => {
    const prepared = {
      name: 'overlay',
      text: 'select st_area(st_intersection($1::geometry, $2::geometry)) as area',
    }
    const [bow, square] = ['POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))', 'POLYGON((0 0, 5 0, 5 5, 0 5, 0 0))']
    const client = await database().pool.connect()
    await expect(client.query({ ...prepared, values: [bow, square] })).rejects.toMatchObject({
      code: 'XX000',
    })
    const { rows } = await client.query({ ...prepared, values: [square, square] })
    expect(rows).toEqual([{ area: 25 }])
    await expect(client.query({ ...prepared, values: [bow, square] })).rejects.toMatchObject({
      code: 'XX000',
    })
    expect((await client.query({ ...prepared, values: [square, square] })).rows).toEqual(rows)
    client.release()
  })

  test('does not reach those who wait behind it', async () => {
    await prepare('behind')
    const { pool } = database()
    const failing = pool.query(`select st_intersection(${BOW}, ${SQUARE})`)
    const waiting = Array.from({ length: 20 }, (_, id) => pool.query('insert into behind values ($1)', [id]))
    await expect(failing).rejects.toMatchObject({ code: 'XX000' })
    await Promise.all(waiting)
    expect(await count('behind')).toBe(20)
  })
})
