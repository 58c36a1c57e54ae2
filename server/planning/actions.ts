import { clockOf } from '#rules/deadlines'
import type { BodyOf, ReplyOf } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse, type Refusal } from '../http/problems.ts'
import type { editScenario, OpenScenario, renameScenario, Scenario } from './contract.ts'
import { mustFind, shownOf, tell } from './actions/draft.ts'
import { nameOf, roleOf } from './actions/fork.ts'
import { mustKnowWorkers, performAll } from './actions/perform.ts'
import type { Studio } from './actions/studio.ts'
import { isOpen, redone, STATUS_WORDS, undone, type Tree } from './rules.ts'
import {
  insertOps,
  listLog,
  listTree,
  lockScenario,
  readBase,
  saveHead,
  saveName,
  type StoredScenario,
} from './store.ts'

type Change = BodyOf<typeof editScenario>['change']
type Edited = ReplyOf<typeof editScenario>

/** A draft with all that a console needs to go on with it by itself. */
export async function open({ db }: Ctx, id: number): Promise<OpenScenario> {
  const stored = await mustFind(db, id)
  // As the same kernel wrote it; the contract's lists are only not readonly.
  const base = (await readBase(db, id)) as OpenScenario['base']
  return { scenario: shownOf(stored), base, log: await listLog(db, id), head: stored.head }
}

/** Operations, undo or redo on the draft as the planner saw it. The row is kept from others meanwhile: of two, one is first. */
export async function edit(
  ctx: Ctx,
  studio: Studio,
  id: number,
  { version, change }: BodyOf<typeof editScenario>,
): Promise<Edited> {
  const stored = await mustFind(ctx.db, id, lockScenario)
  if (!isOpen(stored.status)) throw closed(stored)
  if (stored.version !== version) throw await changed(ctx, stored, version)
  const next = version + 1
  const head =
    'ops' in change ? await perform(ctx, studio, stored, change.ops) : await turn(ctx, stored, change)
  await saveHead(ctx.db, id, head, next, ctx.now)
  const what = 'ops' in change ? { ops: change.ops.map(({ kind }) => kind) } : change
  await tell(
    ctx,
    'edited',
    { id, version: next, status: stored.status },
    { role: roleOf(ctx), head, ...what },
  )
  return { version: next, head, log: await listLog(ctx.db, id, version) }
}

async function perform(
  { db, actor, now }: Ctx,
  studio: Studio,
  { id, head, headId, steps, version }: StoredScenario,
  ops: Extract<Change, { ops: unknown }>['ops'],
): Promise<number> {
  await mustKnowWorkers(db, ops, '/change/ops')
  const draft = await studio.take(db, { id, head, headId })
  const all = performAll(draft, ops, '/change/ops')
  if (!all.ok) {
    studio.put(id, { draft, head, headId })
    throw all.why
  }
  const place = { scenario: id, parent: head, depth: steps, version: version + 1 }
  const last = await insertOps(db, { ...place, done: all.done, by: actor.account, at: now })
  studio.put(id, { draft, head: last.seq, headId: last.id })
  return last.seq
}

/** Undo and redo only say where the draft stands; it follows when it is next looked at. */
async function turn(
  { db }: Ctx,
  { id, head }: StoredScenario,
  change: Exclude<Change, { ops: unknown }>,
): Promise<number> {
  const tree: Tree = new Map((await listTree(db, id)).map(({ seq, parent }) => [seq, parent]))
  const to = 'undo' in change ? undone(tree, head, change.undo) : redone(tree, head, change.redo)
  if (to !== null) return to
  throw 'undo' in change
    ? refuse(
        'refused',
        { zh: '没有更多可以撤销的操作。', en: 'There is no more to undo.' },
        { field: '/change/undo' },
      )
    : refuse(
        'refused',
        { zh: '没有更多可以重做的操作。', en: 'There is no more to redo.' },
        { field: '/change/redo' },
      )
}

export async function rename(
  ctx: Ctx,
  id: number,
  { name }: BodyOf<typeof renameScenario>,
): Promise<Scenario> {
  const stored = await mustFind(ctx.db, id, lockScenario)
  if (!isOpen(stored.status)) throw closed(stored)
  await saveName(ctx.db, id, nameOf(name), ctx.now)
  const renamed = await mustFind(ctx.db, id)
  await tell(ctx, 'renamed', renamed, { role: roleOf(ctx), name: renamed.name })
  return shownOf(renamed)
}

function closed({ status }: StoredScenario): Refusal {
  const { zh, en } = STATUS_WORDS[status]
  return refuse(
    'refused',
    {
      zh: `方案${zh}，不能再修改；可以另起草稿。`,
      en: `The draft is ${en} and stays as it is; fork it to go on.`,
    },
    { field: '/id' },
  )
}

const TOLD = 100

/** Somebody was first: what they have done since the version that was seen, for whoever must choose. */
export async function changed(
  { db }: Ctx,
  { id, version, changedAt }: StoredScenario,
  seen: number,
): Promise<Refusal> {
  const since = seen < version ? await listLog(db, id, seen) : []
  const when = clockOf(Date.parse(changedAt))
  return refuse(
    'conflict',
    {
      zh: `方案在您打开之后已被修改（${when}）。可以保留自己的、采用对方的，或另存为新方案。`,
      en: `The draft was changed after you opened it (${when}). Keep yours, take theirs, or fork.`,
    },
    { field: '/version', choices: since.slice(-TOLD) },
  )
}
