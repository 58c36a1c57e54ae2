import { writeSync } from 'node:fs'
import { migrate, readMigrations } from './migrate.ts'
import { openDatabase, type DatabaseOptions } from './open.ts'

/** The victim of migrate.db.test.ts: begins a migration that takes minutes, and says so. */

const address = JSON.parse(process.argv[2] ?? '') as DatabaseOptions
const real = await readMigrations()
const sql = 'create table half (id int); insert into half values (1); select pg_sleep(600)'
const endless = { id: real.length + 1, name: 'endless', sql, checksum: '' }

const database = await openDatabase(address)
await migrate(
  {
    dedicated: (work) =>
      database.dedicated((client) => {
        const query = client.query.bind(client)
        // The driver's types have an overload for each way to ask; the way does not matter here.
        client.query = ((...given: unknown[]) => {
          const asked = Reflect.apply(query, undefined, given)
          if (given[0] === sql) writeSync(1, 'begun\n')
          return asked
        }) as typeof query
        return work(client)
      }),
  },
  [...real, endless],
)
