import type { Db } from '#db/open'
import { READING_MS, roleWords } from '#rules/audit'
import { MAX_ROWS } from '#rules/exports'
import { stampOf } from '../exports/actions.ts'
import { fileOf, MEDIA, type Column } from '../exports/sheet.ts'
import type { QueryOf, ReplyOf, Words } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse } from '../http/problems.ts'
import { behindWall } from '../http/store.ts'
import { lastLook, look } from '../seals/actions.ts'
import { BEGINNING, countAfter, readLastSeal } from '../seals/store.ts'
import { append } from '../trail/store.ts'
import type { AuditFilter, AuditLine, exportAudit, listAudit, readAuditHead, Verdict } from './contract.ts'
import { countLines, hasRead, listLines, readSettled } from './store.ts'

const PAGE = 100

/** A page of the trail. That somebody reads it is a line of the trail itself, once a minute. */
export async function readTrail(
  ctx: Ctx,
  { limit = PAGE, cursor, ...filter }: QueryOf<typeof listAudit>,
): Promise<ReplyOf<typeof listAudit>> {
  const since = new Date(ctx.now.getTime() - READING_MS)
  if (!(await hasRead(ctx.db, ctx.actor.id, since))) await note(ctx, 'audit.read', { filter })
  // One more than asked for says whether there is a next page.
  const found = await listLines(ctx.db, filter, { limit: limit + 1, cursor: cursor ?? null })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    total: await countLines(ctx.db, filter),
    nextCursor: last && found.length > limit ? last.id : null,
  }
}

/** A file of the lines that match, but for those of the last moment, whose number may still change. */
export async function exportTrail(
  ctx: Ctx,
  { format, language = 'zh', ...filter }: QueryOf<typeof exportAudit>,
) {
  const settled = await readSettled(ctx.db)
  const count = await countLines(ctx.db, filter, settled)
  if (count > MAX_ROWS) throw tooMany()
  await note(ctx, 'audit.exported', { filter, format, language, count })
  return {
    content: fileOf(format, columnsOf(language), linesOf(ctx.db, filter, settled)),
    count,
    filename: `${{ zh: '审计', en: 'audit' }[language]}-${stampOf(ctx.now)}.${format}`,
    media: MEDIA[format],
  }
}

const FILE_PAGE = 1000

async function* linesOf(db: Db, filter: AuditFilter, from: string): AsyncGenerator<AuditLine> {
  for (let cursor: string | undefined = from; cursor !== undefined;) {
    const page: AuditLine[] = await listLines(db, filter, { limit: FILE_PAGE, cursor })
    yield* page
    cursor = page.length < FILE_PAGE ? undefined : page.at(-1)?.id
  }
}

const MASKED = { zh: '（有，不显示）', en: '(given, not shown)' }

function columnsOf(language: keyof Words): Column<AuditLine>[] {
  const columns: readonly (readonly [Words, number, Column<AuditLine>['cell']])[] = [
    [{ zh: '时间', en: 'Time' }, 20, ({ at }) => new Date(at)],
    [{ zh: '人员', en: 'Who' }, 14, ({ name }) => name],
    [{ zh: '账号', en: 'Account' }, 14, ({ actor }) => actor],
    [{ zh: '岗位', en: 'Role' }, 14, ({ role }) => roleWords(role, language)],
    [{ zh: '动作', en: 'Step' }, 24, ({ step }) => step],
    [{ zh: '对象', en: 'Subject' }, 18, ({ subject }) => subject],
    [
      { zh: '理由', en: 'Reason' },
      40,
      ({ reason, hasReason }) => reason ?? (hasReason ? MASKED[language] : null),
    ],
    [{ zh: '留痕编号', en: 'Line' }, 16, ({ id }) => id],
  ]
  return columns.map(([heading, width, cell]) => ({ heading: heading[language], width, cell }))
}

export async function readHead({ db }: Pick<Ctx, 'db'>): Promise<ReplyOf<typeof readAuditHead>> {
  const last = await readLastSeal(db)
  return {
    seals: last?.n ?? 0,
    head: last?.hash.toString('hex') ?? null,
    sealedAt: last === null ? null : new Date(Number(last.at) * 1000).toISOString(),
    unsealed: await countAfter(db, last ?? BEGINNING),
    verified: await lastLook(db),
  }
}

const AGAIN_MS = 10_000

/** Recomputes the chain, unless somebody just did: it is much work, and the outcome would be the same. */
export async function verifyNow(ctx: Ctx): Promise<Verdict> {
  const last = await lastLook(ctx.db)
  if (last !== null && ctx.now.getTime() - Date.parse(last.at) < AGAIN_MS) throw tooSoon()
  const by = { id: ctx.actor.id, now: ctx.now, role: 'auditor' }
  const { asked: _asked, faults, ...found } = await look(ctx.db, by)
  return { ...found, faults: [...faults] }
}

/** Before anything is shown: what cannot be noted is not read. */
function note(ctx: Ctx, step: string, data: unknown): Promise<void> {
  const { actor, now } = ctx
  return behindWall(ctx.db, actor, (tx) =>
    append(tx, [{ step, subject: 'trail', actor: actor.id, role: 'auditor', at: now, data }]),
  )
}

function tooMany() {
  return refuse('refused', {
    zh: `超过 ${MAX_ROWS.toLocaleString('en')} 行，请先缩小筛选范围。`,
    en: `More than ${MAX_ROWS.toLocaleString('en')} rows: narrow the filter first.`,
  })
}

function tooSoon() {
  return refuse('too-many', {
    zh: '刚刚核验过，请稍后再试。',
    en: 'It was verified a moment ago; try again later.',
  })
}
