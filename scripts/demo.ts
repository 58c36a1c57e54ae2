import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { startServer } from './server.ts'

/** Demos for tests that run servers: seeded once in a run, copied for each who wants one. */

type Kind = 'embedded' | 'postgres'

export interface Demo {
  /** For `startServer`. */
  readonly env: Readonly<Record<string, string>>
  /** The database past the server; of the embedded one there is none. */
  readonly databaseUrl: string
  readonly remove: () => Promise<void>
}

const TEMPLATE = 'demo'

const folderOf = () => join(tmpdir(), 'demo')

/** As the first start of a server leaves them. */
export async function seedDemos(): Promise<void> {
  await asAdministrator(`create database ${TEMPLATE}`)
  const places = [{ DATA_DIR: folderOf() }, { DATA_DIR: tmpdir(), DATABASE_URL: urlOf(TEMPLATE) }]
  const servers = await Promise.all(places.map((place) => startServer(place)))
  await Promise.all(servers.map((server) => server.stop()))
}

/** Whoever takes one removes it, when no server runs on it any more. */
export async function copyDemo(kind: Kind): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'wangge-demo-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (kind === 'embedded') {
    await cp(folderOf(), folder, { recursive: true })
    return { env: { DATA_DIR: folder }, databaseUrl: '', remove: removeFolder }
  }
  const name = `demo_${randomUUID().replaceAll('-', '')}`
  await asAdministrator(`create database ${escapeIdentifier(name)} template ${TEMPLATE}`)
  const databaseUrl = urlOf(name)
  return {
    env: { DATA_DIR: folder, DATABASE_URL: databaseUrl },
    databaseUrl,
    remove: async () => {
      await asAdministrator(`drop database ${escapeIdentifier(name)} with (force)`)
      await removeFolder()
    },
  }
}

function urlOf(name: string): string {
  const url = new URL(process.env['WANGGE_TEST_PG'] ?? '')
  url.pathname = name
  return url.href
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client(process.env['WANGGE_TEST_PG'])
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
