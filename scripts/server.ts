import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server process of its own, for tests and benchmarks that kill it or run several. */
export interface RunningServer {
  readonly url: string
  readonly pid: number
  /** Asks it to stop and waits. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  /** The first line of its output that matches, printed already or still to come. */
  printed(pattern: RegExp): Promise<string>
}

const MAIN = join(import.meta.dirname, '../server/main.ts')

/**
 * Resolves when the server has printed its address; rejects with its output when it ends before. The buttons of the demo
 * are on, whatever the database.
 */
export async function startServer(env: Readonly<Record<string, string>>): Promise<RunningServer> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DEMO: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const printed = listen(child, said)
  const url = ADDRESS.exec(await printed(ADDRESS))?.[0] ?? ''
  return {
    url,
    printed,
    pid: child.pid ?? 0,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

/** Headers of one signed in by a button of the demo: `director`, `acceptor1`, `w001`; all are in db/seed-accounts.ts. */
export async function signedIn(url: string, login: string): Promise<{ readonly cookie: string }> {
  const reply = await fetch(new URL('/api/session/demo', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login }),
  })
  if (!reply.ok) throw new Error(`${login} could not sign in: ${reply.status} ${await reply.text()}`)
  return {
    cookie: reply.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; '),
  }
}

const ADDRESS = /https?:\/\/\S+/

/** Fails with all that was said when the server ends without the line. */
function listen(child: ChildProcess, said: string[]): RunningServer['printed'] {
  if (child.stdout === null) throw new Error('no output to read')
  const lines = createInterface(child.stdout)
  const printed: string[] = []
  lines.on('line', (line) => {
    said.push(`${line}\n`)
    printed.push(line)
  })
  return (pattern) =>
    new Promise((resolve, reject) => {
      const look = (line: string) => pattern.test(line) && resolve(line)
      printed.forEach(look)
      lines.on('line', look)
      lines.once('close', () => reject(new Error(`the server ended before it was ready:\n${said.join('')}`)))
    })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
