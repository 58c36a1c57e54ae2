import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../open.ts'
import { lockFolder } from './lock.ts'

let folder: string
const started: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wangge-lock-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

const SCRIPT = `
  import { lockFolder } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
  try {
    lockFolder(process.argv[1])
    console.log('held')
    setInterval(() => {}, 60_000)
  } catch (error) {
    console.log(error.code)
  }`

/** Another process that tries to take the lock: what it said, and the process. */
async function otherProcess() {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said).trim() }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

test('a second process is refused, and told which process is the first', async () => {
  const { child, said } = await otherProcess()
  expect(said).toBe('held')
  await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({
    name: 'DatabaseRefusal',
    code: 'locked',
    zh: expect.stringContaining(`进程 ${child.pid} `),
    en: expect.stringContaining(`process ${child.pid};`),
  })
})

test('the lock of a killed process is free at once', async () => {
  const first = await otherProcess()
  await kill(first.child)
  const second = await otherProcess()
  expect(second.said).toBe('held')
})

test('of many that start together, one wins', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, otherProcess))
  expect(all.map(({ said }) => said).toSorted()).toEqual([
    'held',
    ...Array.from({ length: 7 }, () => 'locked'),
  ])
})

test('the same process cannot take it twice, and can after a release', () => {
  const lock = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'locked' }))
  lock.release()
  lockFolder(folder).release()
})

test('a folder that cannot be one is refused in words', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(openDatabase({ dataDir: join(file, 'data') })).rejects.toMatchObject({
    code: 'cannot-open',
    en: expect.stringContaining('ENOTDIR'),
  })
})
