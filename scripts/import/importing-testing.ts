import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Database } from '../../db/open.ts'
import type { TestDatabase } from '../../db/testing.ts'
import { eventsOptionsOf } from './events-options.ts'
import { importEvents } from './events.ts'
import { gridsOptionsOf } from './grids-options.ts'
import { importGrids } from './grids.ts'
import { voiceOf, type Voice } from './language.ts'

export const SAMPLES = join(import.meta.dirname, 'samples')
export const LIUXI = ['--sub-district-name', '柳溪街道', '--sub-district-name-en', 'Liuxi']

export interface Said {
  readonly ok: boolean
  readonly text: string
}

/** Runs a command in this process on a database that is open; returns what it said in English. */
export async function grids(database: Database, file: string, ...args: readonly string[]): Promise<Said> {
  return saying(async (voice) => {
    const options = gridsOptionsOf([file, ...args], {})
    if (!options) throw new Error('help was not asked for')
    return importGrids(options, voice, (_, work) => work(database))
  })
}

export async function events(database: Database, file: string, ...args: readonly string[]): Promise<Said> {
  return saying(async (voice) => {
    const options = eventsOptionsOf([file, ...args], {})
    if (!options) throw new Error('help was not asked for')
    return importEvents(options, voice, (_, work) => work(database))
  })
}

async function saying(work: (voice: Voice) => Promise<boolean>): Promise<Said> {
  const lines: string[] = []
  const print = (line: string): void => void lines.push(line)
  const ok = await work(voiceOf('en', print, print))
  return { ok, text: lines.join('\n') }
}

export interface Run {
  readonly child: ChildProcess
  readonly said: string[]
  readonly code: Promise<number | null>
}

/** The command as a person runs it, in a process of its own. */
export function command(
  name: 'import-grids' | 'import-events',
  address: TestDatabase['address'],
  ...args: readonly string[]
): Run {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, `../${name}.ts`), ...args, '--lang', 'en'],
    {
      env: {
        ...env,
        DATA_DIR: address.dataDir,
        ...(address.url !== undefined && { DATABASE_URL: address.url }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { child, said, code }
}
