import { tmpdir } from 'node:os'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '#db/migrate'
import { openDatabase } from '#db/open'
import { drawToy } from '../events/testing.ts'
import { behindWall } from '../http/store.ts'
import { sql } from 'drizzle-orm'
import { enterAs, hire, officeOn } from './testing.ts'

const PASSWORD = 'a lamp by the river'

/** As an office's database is given out: by a user who owns it and may make roles, but is no superuser. */
test('an owner who is no superuser brings the database up, works behind the wall and before it', async () => {
  const name = `owner_${process.pid}_${Date.now()}`
  const administrator = new Client(process.env['WANGGE_TEST_PG'])
  await administrator.connect()
  await administrator.query(`create role ${name} login createrole`)
  await administrator.query(`create database ${name} owner ${name}`)
  const url = new URL(process.env['WANGGE_TEST_PG'] ?? '')
  url.pathname = name
  const own = new Client(url.href)
  await own.connect()
  for (const extension of ['postgis', 'btree_gist', 'pg_trgm'])
    await own.query(`create extension ${extension}`)
  await own.end()
  url.username = name
  const database = await openDatabase({ url: url.href, dataDir: tmpdir() })
  try {
    await migrate(database)
    await drawToy(database.db)
    const account = await hire(database.db, {
      login: 'desk',
      password: PASSWORD,
      duties: [{ role: 'acceptor' }],
    })
    const app = await officeOn(database)
    expect(await enterAs(app, 'desk', PASSWORD)).not.toBe('')
    const who = { id: `account/${account}`, account, name: '', duties: [] }
    const inside = await behindWall(database.db, who, (tx) =>
      tx.execute(sql`select current_user::text as name, acts_in(array['acceptor'], 1) as acts`),
    )
    expect(inside.rows).toEqual([{ name: 'wangge_app', acts: true }])
    await app.close()
  } finally {
    await database.close()
    await administrator.query(`drop database ${name} with (force)`)
    await administrator.query(`drop owned by ${name}`)
    await administrator.query(`drop role ${name}`)
    await administrator.end()
  }
})
