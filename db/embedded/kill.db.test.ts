import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import type { Found } from './crash-writer.ts'

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['WANGGE_KILL_ROUNDS'] ?? 4)
const SEED = Number(process.env['WANGGE_SEED'] ?? 20_260)

const WRITER = join(import.meta.dirname, 'crash-writer.ts')

/** The longest of a start that copies the template; a kill within it hits the start itself. */
const START_MS = 2_500
const WRITING_MS = 1_500

test(`kill -9 at ${ROUNDS} moments loses no acknowledged row`, { timeout: ROUNDS * 60_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wangge-kill-'))
  const random = randomFrom(SEED)
  const acknowledged = new Set<number>()
  let kills = 0
  for (let round = 0; round < ROUNDS; round++) {
    const inStart = round % 4 === 1
    const { found, said } = await live(
      dataDir,
      inStart,
      Math.floor(random() * (inStart ? START_MS : WRITING_MS)),
    )
    if (found !== undefined) expectWhole(found, acknowledged)
    for (const id of said) acknowledged.add(id)
    kills++
  }
  const { found } = await live(dataDir, false, 0)
  if (found === undefined) throw new Error('the last start has not looked')
  expectWhole(found, acknowledged)
  expect(acknowledged.size).toBeGreaterThan(ROUNDS)
  const [said, there] = [acknowledged.size, found.ids.length]
  process.stdout.write(`${kills} kills, seed ${SEED}: ${said} rows acknowledged, ${there} found\n`)
  await rm(dataDir, { recursive: true, force: true })
})

function expectWhole({ ids, heap, key, gist }: Found, acknowledged: ReadonlySet<number>): void {
  const present = new Set(ids)
  expect(present.size).toBe(ids.length)
  expect([...acknowledged].filter((id) => !present.has(id))).toEqual([])
  expect(ids.filter((id) => id % 3 === 0 && !present.has(id + 1))).toEqual([])
  expect(ids.filter((id) => id % 3 === 1 && id > 1 && !present.has(id - 1))).toEqual([])
  expect({ heap, key, gist }).toEqual({ heap: ids.length, key: ids.length, gist: ids.length })
}

/** One life of the writer: killed `ms` after its start, or after it has begun to write. */
async function live(
  dataDir: string,
  inStart: boolean,
  ms: number,
): Promise<{ found?: Found; said: number[] }> {
  const child = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const killLater = () => setTimeout(() => child.kill('SIGKILL'), ms)
  if (inStart) killLater()
  let found: Found | undefined
  const said: number[] = []
  for await (const line of createInterface(child.stdout)) {
    if (found === undefined) {
      found = JSON.parse(line) as Found
      if (!inStart) killLater()
    } else {
      said.push(Number(line))
    }
  }
  const [, signal] = await closed
  expect(signal).toBe('SIGKILL')
  return found === undefined ? { said } : { found, said }
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
