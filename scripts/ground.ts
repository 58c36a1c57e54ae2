import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { startCluster } from './postgres.ts'

/** What all tests of a run stand on. `env` is for the processes that run them. */
export interface Ground {
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

const MEMORY = '/dev/shm'
const ROOM_BYTES = 6e9
const NAME = 'wangge-tests-'

/** A folder for all that the tests write, a PostgreSQL server, and an embedded database with all migrations to be copied. */
export async function layGround(): Promise<Ground> {
  const place = await roomiest()
  await removeStale(place)
  const folder = await mkdtemp(join(place, `${NAME}${process.pid}-`))
  // The user of PostgreSQL must get through to what is theirs.
  await chmod(folder, 0o711)
  process.env['TMPDIR'] = folder
  // Durability has tests of its own; here nothing survives the run.
  const cluster = await startCluster({ fsync: 'off' })
  const stop = async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const dataDir = join(folder, 'migrated')
    const database = await openDatabase({ dataDir, log: (line) => console.log(line) })
    await migrate(database)
    await database.close()
    const env = { TMPDIR: folder, WANGGE_TEST_PG: cluster.url, WANGGE_TEST_FOLDER: join(dataDir, 'embedded') }
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Memory where there is enough of it: hundreds of databases are copied, and none is kept. */
async function roomiest(): Promise<string> {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }))
  return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir()
}

/** Those of runs that were killed: in memory they would stay until the machine is started again. */
async function removeStale(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const owner = name.startsWith(NAME) ? Number.parseInt(name.slice(NAME.length), 10) : process.pid
    if (!isRunning(owner)) await rm(join(place, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
