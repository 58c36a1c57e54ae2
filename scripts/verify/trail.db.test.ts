import { sql } from 'drizzle-orm'
import { beforeAll, expect, test, vi } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { seal } from '../../server/seals/actions.ts'
import { append } from '../../server/trail/store.ts'
import { voiceOf } from '../import/language.ts'
import { HELP, verifyOptionsOf, verifyTrail, type VerifyOptions } from './trail.ts'

const AT = new Date('2026-11-23T08:00:00Z')

test.each([
  [[], { language: 'zh', head: null }],
  [['--lang', 'en'], { language: 'en', head: null }],
  [['--head', 'AB'.repeat(32)], { language: 'zh', head: 'ab'.repeat(32) }],
  [['--help'], null],
] as const)('%o is read as %o', (args, options) =>
  expect(verifyOptionsOf(args, { LANG: 'zh_CN.UTF-8' })).toEqual(options),
)

test.each([[['--head', 'abc']], [['--lang', 'fr']], [['--all']], [['file']]])('%o is refused', (args) =>
  expect(() => verifyOptionsOf(args, {})).toThrow(),
)

test('the help names every option and the exit codes', () => {
  for (const word of ['--head', '--lang', 'exit code']) expect(HELP).toContain(word)
})

onBothDatabases('verify-trail', (database) => {
  const run = async (options: Partial<VerifyOptions> = {}) => {
    const lines: string[] = []
    const voice = voiceOf(
      'en',
      (line) => lines.push(line),
      (line) => lines.push(`! ${line}`),
    )
    const ok = await verifyTrail({ language: 'en', head: null, ...options }, voice, (work) =>
      work(database()),
    )
    return { ok, text: lines.join('\n') }
  }

  beforeAll(async () => {
    const { db } = database()
    const step = { step: 'event.tested', subject: 'event/1', actor: 'account/1', at: AT, data: {} }
    await append(db, [step, step, step])
    await vi.waitFor(async () => expect(await seal(db, AT)).toBe(3), { timeout: 40_000 })
    await append(db, [step])
  })

  test('a whole trail: how many seals and steps, the head, what waits; and a head noted now is found later', async () => {
    const { ok, text } = await run()
    expect(ok).toBe(true)
    expect(text).toMatch(
      /^Whole: 1 seals over 3 steps; the youngest 1 are not sealed yet\.\nhead [0-9a-f]{64}$/,
    )
    const head = text.slice(-64)
    expect(await run({ head })).toMatchObject({ ok: true })
    const other = await run({ head: '0'.repeat(64) })
    expect(other.ok).toBe(false)
    expect(other.text).toContain('! The noted hash 0000')
  })

  test('a damaged one: the seal and the first wrong line are named', async () => {
    const { db } = database()
    await db.transaction(async (tx) => {
      await tx.execute(sql`alter table steps disable trigger user`)
      await tx.execute(
        sql`update steps set actor = 'account/2' where (xid, seq) in (select xid, seq from steps order by xid, seq offset 1 limit 1)`,
      )
      await tx.execute(sql`alter table steps enable trigger user`)
    })
    const { ok, text } = await run()
    expect(ok).toBe(false)
    expect(text).toMatch(/^Damaged/)
    expect(text).toMatch(/! Seal 1: line \d+-\d+ is not what was sealed\./)
  })
})
