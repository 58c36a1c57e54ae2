import { parseArgs } from 'node:util'
import { openDatabase, type Database } from '../../db/open.ts'
import { DatabaseRefusal } from '../../db/refusal.ts'
import { readConfig } from '../../server/config.ts'
import { verify, type Fault, type Verdict } from '../../server/seals/actions/verify.ts'
import { languageOf, LANGUAGES, type Language, type Voice, type Words } from '../import/language.ts'
import { oneOf, Wrong } from '../import/usage.ts'

export const HELP = `npm run verify-trail -- [options]      recomputes the chain of seals over the whole trail; writes nothing

  --head HASH              also proves that this hash, noted earlier, is still part of the chain: nothing after it was cut off
  --lang zh|en|both        default: by LANG

exit code: 0 every sealed line is as it was, 1 it is not, 2 it could not be verified`

export interface VerifyOptions {
  readonly language: Language
  readonly head: string | null
}

/** Null where help was asked for. */
export function verifyOptionsOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): VerifyOptions | null {
  const values = parsed(args)
  if (values.help) return null
  const language = oneOf('--lang', values.lang, LANGUAGES) ?? languageOf(env)
  const head = values.head?.toLowerCase() ?? null
  if (head === null || /^[0-9a-f]{64}$/.test(head)) return { language, head }
  throw new Wrong(
    `--head 应为 64 位十六进制数，实为 ${values.head}`,
    `--head is 64 hexadecimal digits, not ${values.head}`,
  )
}

function parsed(args: readonly string[]) {
  try {
    const options = { head: { type: 'string' }, lang: { type: 'string' }, help: { type: 'boolean' } } as const
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Wrong(`参数有误：${message}\n\n${HELP}`, `${message}\n\n${HELP}`, { cause: error })
  }
}

/** Gives work the database of this environment; tests have one open. */
export type Opener = <T>(work: (database: Pick<Database, 'db'>) => Promise<T>) => Promise<T>

const withTrail: Opener = async (work) => {
  const config = readConfig(process.env)
  const database = await openDatabase({
    ...(config.databaseUrl !== null && { url: config.databaseUrl }),
    dataDir: config.dataDir,
  }).catch((error: unknown) => {
    throw isLocked(error) ? SERVED : error
  })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const isLocked = (error: unknown) => error instanceof DatabaseRefusal && error.code === 'locked'

const SERVED = new Wrong(
  '网格服务正在使用内置数据库：请在“审计”页面核验，或先停止服务再运行本命令；使用 PostgreSQL 则无需停止。',
  'The server has the embedded database open: verify on the audit page, or stop the server and run this again; on PostgreSQL it may go on running.',
)

/** Says what it found; false where the trail is not as it was sealed. */
export async function verifyTrail(
  { head }: VerifyOptions,
  voice: Voice,
  open: Opener = withTrail,
): Promise<boolean> {
  const verdict = await open(({ db }) => verify(db, head ?? undefined))
  voice.say(summaryOf(verdict))
  for (const fault of verdict.faults) voice.complain(wordsOf(fault))
  if (head === null) return verdict.faults.length === 0
  const isThere = verdict.asked !== null
  ;(isThere ? voice.say : voice.complain)(isThere ? stands(head, verdict.asked) : isGone(head))
  return isThere && verdict.faults.length === 0
}

function summaryOf({ seals, steps, head, unsealed, faults }: Verdict): Words {
  const whole = faults.length === 0
  return {
    zh: `${whole ? '完整' : '已损坏'}：${seals} 个封印，覆盖 ${steps} 条留痕；最近 ${unsealed} 条尚未封印。\n末位哈希 ${head ?? '（无）'}`,
    en: `${whole ? 'Whole' : 'Damaged'}: ${seals} seals over ${steps} steps; the youngest ${unsealed} are not sealed yet.\nhead ${head ?? '(none)'}`,
  }
}

const KINDS: Readonly<Record<Fault['kind'], Words>> = {
  lost: { zh: '之前缺失一条或多条', en: 'is preceded by one or more lines that are gone' },
  added: { zh: '是封印之后加入的', en: 'was added after sealing' },
  changed: { zh: '与封印时不同', en: 'is not what was sealed' },
  seal: { zh: '封印本身有误或缺失', en: 'the seal itself is wrong or gone' },
}

function wordsOf({ kind, seal, line }: Fault): Words {
  const { zh, en } = KINDS[kind]
  if (kind === 'seal') return { zh: `封印 ${seal}：${zh}。`, en: `Seal ${seal}: ${en}.` }
  if (line === null) {
    return {
      zh: `封印 ${seal}：其末尾的留痕缺失或多出。`,
      en: `Seal ${seal}: lines at its end are gone or were added.`,
    }
  }
  return { zh: `封印 ${seal}：留痕 ${line} ${zh}。`, en: `Seal ${seal}: line ${line} ${en}.` }
}

const stands = (head: string, seal: number | null): Words => ({
  zh: `所记哈希 ${head} 仍是链的一部分：封印 ${seal}。`,
  en: `The noted hash ${head} is still part of the chain: seal ${seal}.`,
})

const isGone = (head: string): Words => ({
  zh: `所记哈希 ${head} 不在链中：其后的留痕已被截去或改写。`,
  en: `The noted hash ${head} is not in the chain: what followed was cut off or rewritten.`,
})
