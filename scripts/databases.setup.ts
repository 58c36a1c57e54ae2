import { prepareTemplate } from '../db/embedded/template.ts'
import { startCluster } from './postgres.ts'

/** Before the tests that need databases: the template of the embedded one, and a PostgreSQL server if none is given. */
export default async function setUp(): Promise<() => Promise<void>> {
  await prepareTemplate((line) => console.log(line))
  if (process.env['WANGGE_TEST_PG'] !== undefined) return async () => {}
  const cluster = await startCluster()
  process.env['WANGGE_TEST_PG'] = cluster.url
  return () => cluster.stop()
}
