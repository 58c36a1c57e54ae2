import { sql } from 'drizzle-orm'
import { migrate } from '../../db/migrate.ts'
import { openDatabase, type Database } from '../../db/open.ts'
import { DatabaseRefusal } from '../../db/refusal.ts'
import type { Actor } from '../../server/accounts/contract.ts'
import { ConfigError, readConfig } from '../../server/config.ts'
import { Refusal } from '../../server/http/problems.ts'
import type { Voice, Words } from './language.ts'
import { Wrong } from './usage.ts'

/** As the trail names what came from a file. */
export const IMPORT: Actor = { id: 'import', account: null, name: '', duties: [] }

/** Gives work a database; tests have one open. */
export type Opener = <T>(voice: Voice, work: (database: Database) => Promise<T>) => Promise<T>

/** The database that the server of this environment uses, brought up to date; never with the demo. */
export const withDatabase: Opener = async (voice, work) => {
  const config = readConfig(process.env)
  const database = await openDatabase({
    ...(config.databaseUrl !== null && { url: config.databaseUrl }),
    dataDir: config.dataDir,
  })
  try {
    const where = config.databaseUrl === null ? config.dataDir : 'DATABASE_URL'
    voice.say({ zh: `数据库：${where}（${database.kind}）`, en: `Database: ${where} (${database.kind})` })
    await migrate(database)
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The planner takes new tables for empty until it has counted them. */
export async function count(database: Database): Promise<void> {
  await database.db.execute(sql`analyze`)
}

/** The sentence for whatever went wrong; null where it is a fault of the program. */
export function wordsOf(error: unknown): Words | null {
  if (error instanceof Wrong) return error.words
  if (error instanceof Refusal) return { zh: error.problem.detail, en: error.problem.en.detail }
  if (error instanceof DatabaseRefusal) {
    if (error.code !== 'locked') return { zh: error.zh, en: error.en }
    return {
      zh: `${error.zh}（若是网格服务本身：按 Ctrl+C 停止 npm start，导入后再启动；使用 PostgreSQL 则无需停止。）`,
      en: `${error.en} (If it is the Wangge server: stop npm start with Ctrl+C, import, start it again; on PostgreSQL it may go on running.)`,
    }
  }
  if (error instanceof ConfigError) return { zh: error.message, en: error.message }
  return error instanceof Error && error.cause !== undefined ? wordsOf(error.cause) : null
}
