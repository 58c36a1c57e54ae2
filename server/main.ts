import { join } from 'node:path'
import { KeyError, openKey } from '#db/key'
import { migrate } from '#db/migrate'
import { openDatabase } from '#db/open'
import { DatabaseRefusal } from '#db/refusal'
import { seedWhereEmpty } from '#db/seed'
import { seedAccounts } from '#db/seed-accounts'
import { wake } from '#db/wake'
import { offerFirstRun } from './accounts/actions/first.ts'
import { openGate } from './accounts/actions/gate.ts'
import { openHasher } from './accounts/actions/passwords.ts'
import { buildApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { opensFiles } from './disputes/actions/keys.ts'
import { fileRules } from './disputes/actions/seeding.ts'
import { openSealer } from './seals/actions.ts'
import { DEMO_RULES } from './events/actions/demo.ts'
import { openSwitch } from './planning/actions/switch.ts'
import { openSweep } from './sweep/actions.ts'
import { openHub } from './trail/hub.ts'

const TRAIL = 'trail'
const NO_KEY =
  '未设置 WANGGE_KEY 或 KEY_FILE，矛盾纠纷功能停用 (neither is set: dispute files stay shut; openssl rand -base64 32 makes a key)'
const WRONG_KEY =
  '密钥与库中矛盾纠纷的数据不符，姓名与内容无法读取 (the key is not the one of the dispute files: their texts cannot be read)'

/** Opens the database, brings it up, seeds an empty one, serves. Resolves when it answers. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const database = await openDatabase({
    ...(config.databaseUrl !== null && { url: config.databaseUrl }),
    dataDir: config.dataDir,
    log: say,
  })
  const cipher = await openKey({ given: config.key, file: config.keyFile })
  if (cipher === null) say(NO_KEY)
  const migrated = await migrate(database)
  await seedWhereEmpty(database.db, {
    ...DEMO_RULES,
    files: fileRules(cipher),
    now: new Date(),
    progress: say,
  })
  if (cipher !== null && !(await opensFiles(database.db, cipher))) say(WRONG_KEY)
  await seedAccounts(database.db, new Date())
  const { secure } = config
  const demo = config.demo ?? database.kind === 'embedded'
  // Before all others who listen for changes of accounts, so that they find none of what it remembered.
  const gate = openGate(database, { demo, secure })

  const hub = await openHub(database.db, {
    now: () => new Date(),
    onError: failed('trail'),
    // The embedded database has one process, which wakes itself.
    ...(database.kind === 'postgres' && { announce: () => wake(database.db, TRAIL) }),
  })
  database.onWake(TRAIL, () => hub.wake())
  const sealer = openSealer(database.db, {
    now: () => new Date(),
    onError: failed('seals'),
  })
  const sweep = openSweep(database.db, {
    now: () => new Date(),
    onError: failed('sweep'),
    committed: () => hub.committed(),
  })
  const plans = openSwitch(database.db, {
    now: () => new Date(),
    onError: failed('plans'),
    committed: () => hub.committed(),
  })
  const app = await buildApp({
    accounts: { gate, hasher: await openHasher(), demo, secure },
    cipher,
    database,
    migrated,
    hub,
    mapApproval: config.mapApproval,
    filesDir: config.filesDir,
    clientDir: join(import.meta.dirname, '../dist'),
    host: config.host,
    trustProxy: config.trustProxy,
    logLevel: 'warn',
  })

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // Viewers first: their endless answers would keep the server open.
    await hub.close()
    gate.close()
    await app.close()
    await sweep.close()
    await plans.close()
    await sealer.close()
    await database.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  const address = await app.listen({ host: config.host, port: config.port })
  say(
    `网格 Wangge ${address}  (${database.kind}, PostgreSQL ${database.version}, PostGIS ${database.postgis})`,
  )
  const token = await offerFirstRun(database.db, { demo })
  if (token !== null) say(`首次启动令牌 First-run token: ${token}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const failed = (part: string) => (error: unknown) => say(`${part}: ${reasonOf(error)}`)

/** The innermost cause says what is wrong; what wraps a failed query repeats all its data. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DatabaseRefusal || error instanceof KeyError)
    return error.message
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? (error.stack ?? error.message) : reasonOf(error.cause)
}

await main().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`)
  process.exit(1)
})
