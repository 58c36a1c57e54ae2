import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL server of one's own for tests and benchmarks: a new cluster in a temporary folder, on a free port. */
export type Cluster = { readonly url: string; readonly pid: number; stop(): Promise<void> }

const run = promisify(execFile)

/** How long an orderly end may take before the server is killed. */
const STOP_MS = 10_000

const SETTINGS = {
  fsync: 'on',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off',
  log_min_messages: 'panic',
} as const

export async function startCluster(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const binaries = await findBinaries()
  const folder = await mkdtemp(join(tmpdir(), 'wangge-postgres-'))
  const owner = await makeOwner(folder)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  await run(join(binaries, 'initdb'), initdb, { ...owner, cwd: folder })

  const port = await freePort()
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const logFile = join(folder, 'server.log')
  const log = await open(logFile, 'a')
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', log.fd],
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await log.close()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const stop = async () => {
    await stopServer(server, ended)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await waitUntilReady(binaries, port, server)
  } catch (cause) {
    const said = await readFile(logFile, 'utf8')
    await stop()
    throw new Error(`the PostgreSQL server does not start: ${said}`, { cause })
  }
  return { url, pid: server.pid ?? 0, stop }
}

/** The newest installed version from 15 on, where Debian puts them. */
async function findBinaries(): Promise<string> {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root)
    ? (await readdir(root)).map(Number).filter((version) => version >= 15)
    : []
  const newest = versions.toSorted((a, b) => b - a)[0]
  if (newest === undefined) {
    throw new Error('PostgreSQL 15 or newer is not installed: apt-get install postgresql-15-postgis-3')
  }
  return join(root, String(newest), 'bin')
}

/** PostgreSQL refuses to run as root; Debian's package has made a user for it. */
async function makeOwner(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  )
  if (uid === undefined || gid === undefined) throw new Error('the system has no user postgres')
  await chown(folder, uid, gid)
  return { uid, gid }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(address),
      )
    })
  })
}

async function waitUntilReady(binaries: string, port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const ready = await run(join(binaries, 'pg_isready'), [
      '-q',
      '-t',
      '1',
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
    ]).then(
      () => true,
      () => false,
    )
    if (ready) return
  }
  throw new Error(`the PostgreSQL server ended at once with code ${server.exitCode}`)
}

/** SIGINT is PostgreSQL's fast shutdown: connections are cut, data are written. */
async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGINT')
  const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(timer)
}
