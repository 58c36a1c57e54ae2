import type { Readable } from 'node:stream'
import type { Db } from '#db/open'
import { RIGHTS } from '#rules/accounts'
import { clockOf, dateOf } from '#rules/deadlines'
import { dutyFor } from '#rules/events'
import { keptFilter, MAX_ROWS } from '#rules/exports'
import { matchOf } from '../events/actions.ts'
import type { QueryOf } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse } from '../http/problems.ts'
import { behindWall } from '../http/store.ts'
import { append } from '../trail/store.ts'
import { columnsOf } from './actions/columns.ts'
import type { exportEvents } from './contract.ts'
import { fileOf, MEDIA } from './sheet.ts'
import { listIds, listNamed, type Named } from './store.ts'

export interface Made {
  readonly content: Readable
  readonly count: number
  readonly filename: string
  readonly media: (typeof MEDIA)[keyof typeof MEDIA]
}

/**
 * A file of all events that match, by the right of whoever asks. Which they are is settled at once, so that the file has as many
 * rows as it says, however long it takes; that it was made is a step of the trail before the first byte leaves.
 */
export async function makeExport(
  ctx: Ctx,
  { format, language = 'zh', ...filter }: QueryOf<typeof exportEvents>,
): Promise<Made> {
  const ids = await listIds(ctx.db, matchOf(ctx, filter), MAX_ROWS + 1)
  if (ids.length > MAX_ROWS) throw tooMany()
  const role = dutyFor(ctx.actor, RIGHTS['events.read'])
  await behindWall(ctx.db, ctx.actor, (tx) =>
    append(tx, [
      {
        step: 'export.made',
        subject: 'events',
        actor: ctx.actor.id,
        at: ctx.now,
        data: { filter: keptFilter(filter), format, language, count: ids.length },
        ...(role !== null && { role }),
      },
    ]),
  )
  return {
    content: fileOf(format, columnsOf(language, ctx.now), rowsOf(ctx.db, ids)),
    count: ids.length,
    filename: `${{ zh: '事件', en: 'events' }[language]}-${stampOf(ctx.now)}.${format}`,
    media: MEDIA[format],
  }
}

const PAGE = 1000

async function* rowsOf(db: Db, ids: readonly number[]): AsyncGenerator<Named> {
  for (let i = 0; i < ids.length; i += PAGE) yield* await listNamed(db, ids.slice(i, i + PAGE))
}

/** Date and time in China, as part of a file's name. */
export function stampOf(now: Date): string {
  return `${dateOf(now.getTime())}-${clockOf(now.getTime())}`
    .replaceAll(/[-:]/g, '')
    .replace(/^(\d{8})/, '$1-')
}

function tooMany() {
  return refuse('refused', {
    zh: `超过 ${MAX_ROWS.toLocaleString('en')} 行，请先缩小筛选范围。`,
    en: `More than ${MAX_ROWS.toLocaleString('en')} rows: narrow the filter first.`,
  })
}
