import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layGround } from './ground.ts'

/** Everything that must hold before a change is kept; the last line is `N passed, N failed`. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The commands of our packages run on our Node, also when this file was not started by npm. */
const BIN = join(ROOT, 'node_modules', '.bin')
const PATH = `${BIN}${delimiter}${process.env['PATH'] ?? ''}`

type Counts = { readonly passed: number; readonly failed: number }

/** Each counts as one test. */
const CHECKS: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: ['tsc'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--quiet'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'unused', command: ['knip'] },
  ...(existsSync(join(ROOT, '.size-limit.js')) ? [{ name: 'size', command: ['size-limit'] }] : []),
]

const running = new Set<ChildProcess>()

type Ended = { readonly code: number | null; readonly output: string }

/** Runs one of our packages' commands, and passes its output on unless it is wanted. */
function run([name, ...given]: readonly string[], output: 'show' | 'keep', env = {}): Promise<Ended> {
  const child = spawn(join(BIN, name ?? ''), given, {
    cwd: ROOT,
    stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', output === 'show' ? 'inherit' : 'pipe'],
    env: { ...process.env, PATH, ...env },
  })
  running.add(child)
  const kept: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => kept.push(text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, output: kept.join('') })
    })
  })
}

async function check({ name, command }: (typeof CHECKS)[number]): Promise<Counts> {
  const started = performance.now()
  const { code, output } = await run(command, 'keep')
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${command.join(' ')}, ${seconds} s)`)
  if (code === 0) return { passed: 1, failed: 0 }
  console.log(output)
  return { passed: 0, failed: 1 }
}

async function tests(given: readonly string[], env = {}): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'wangge-report-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const words = ['vitest', 'run', '--passWithNoTests', ...reporters, ...given, ...process.argv.slice(2)]
    const { code } = await run(words, 'show', env)
    return countsOf(existsSync(report) ? JSON.parse(await readFile(report, 'utf8')) : {}, code)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function checks(): Promise<Counts[]> {
  const counts: Counts[] = []
  for (const one of CHECKS) counts.push(await check(one))
  return counts
}

/** What needs databases has both cores to itself, after all the rest. */
async function onGround(): Promise<Counts> {
  const laid = layGround()
  onInterrupt = async () => (await laid).stop()
  const { env, stop } = await laid
  try {
    return await tests(['--project=db', '--project=browser'], env)
  } finally {
    await stop()
  }
}

/** A file that cannot be loaded has no tests to fail, but vitest ends with an error: that is one failure as well. */
function countsOf(report: unknown, code: number | null): Counts {
  const passed = numberIn(report, 'numPassedTests')
  const failed = numberIn(report, 'numFailedTests')
  const skipped = numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests')
  if (skipped > 0) console.log(`skipped: ${skipped}`)
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed }
}

function numberIn(report: unknown, key: string): number {
  const value =
    typeof report === 'object' && report !== null
      ? Object.entries(report).find(([name]) => name === key)
      : undefined
  return Number(value?.[1] ?? 0)
}

let onInterrupt: () => Promise<void> = async () => {}

async function interrupt(signal: NodeJS.Signals): Promise<never> {
  for (const child of running) child.kill(signal)
  await onInterrupt()
  process.exit(130)
}
process.once('SIGINT', (signal) => void interrupt(signal))
process.once('SIGTERM', (signal) => void interrupt(signal))

const counts = (await Promise.all([checks(), tests(['--project=pure'])])).flat()
counts.push(await onGround())

const sum = (key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
