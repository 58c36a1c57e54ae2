import type { QueryOf, ReplyOf } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse } from '../http/problems.ts'
import { append } from '../trail/store.ts'
import { masker, peopleOf, type Desk } from './actions/texts.ts'
import type { Dispute, DisputeClass, DisputeRow, listDisputes } from './contract.ts'
import { confirmUntil, disputeNumber, maskText, nextOf, sightOf } from './rules.ts'
import {
  countFiles,
  findContents,
  findFile,
  listClasses,
  listFiles,
  listSteps,
  saveEnabled,
  type Contents,
  type StoredFile,
} from './store.ts'

const PAGE = 50

export async function page(
  { db, actor, now }: Ctx,
  { sort = 'due', limit = PAGE, after = 0, ...filter }: QueryOf<typeof listDisputes>,
): Promise<ReplyOf<typeof listDisputes>> {
  const match = { ...filter, within: sightOf(actor), account: actor.account, now }
  const items = await listFiles(db, match, { sort, limit, after })
  const { total, ...counts } = await countFiles(db, match)
  return { items: items.map(rowOf), total, counts }
}

/** The file, or the refusal of one that does not exist; the same for one that the actor may not see. */
export async function findVisible({ db, actor }: Pick<Ctx, 'db' | 'actor'>, id: number): Promise<StoredFile> {
  const file = await findFile(db, sightOf(actor), id)
  if (file) return file
  throw refuse('not-found', { zh: '没有这件纠纷。', en: 'There is no such dispute.' }, { field: '/id' })
}

export async function readWhole(desk: Desk, id: number): Promise<Dispute> {
  const file = await findVisible(desk, id)
  const contents = await findContents(desk.db, id)
  if (!contents) throw new Error('a file has contents')
  const people = await peopleOf(desk, id)
  const steps = await listSteps(desk.db, id)
  return {
    ...rowOf(file),
    signs: [...file.signs],
    referredTo: file.referredTo,
    firstDueAt: isoOr(file.firstDueAt),
    extendedAt: isoOr(file.extendedAt),
    agreement: agreementOf(file),
    ...textsOf(contents, masker(desk.cipher, id, people)),
    // What was added later may name whom a step before could not know.
    steps: steps.map((step) => ({
      ...step,
      ...(step.reason !== undefined && { reason: maskText(step.reason, people) }),
    })),
  }
}

function textsOf(
  { summary, place, sessions, documents, revisits, risks }: Contents,
  mask: ReturnType<typeof masker>,
) {
  return {
    summary: mask('disputes.summary', summary),
    place: mask('disputes.place', place),
    sessions: sessions.map(({ at, note, ...session }) => ({
      ...session,
      at: iso(at),
      note: mask('dispute_sessions.note', note, session.n),
    })),
    documents: documents.map(({ note, ...document }) => ({
      ...document,
      note: mask('dispute_documents.note', note, document.n),
    })),
    revisits: revisits.map(({ dueAt, doneAt, note, ...revisit }) => ({
      ...revisit,
      dueAt: iso(dueAt),
      doneAt: isoOr(doneAt),
      note: mask('dispute_revisits.note', note, revisit.n),
    })),
    risks: risks.map(({ at, reason, ...change }) => ({
      ...change,
      at: iso(at),
      reason: mask('dispute_risks.reason', reason, change.n),
    })),
  }
}

function agreementOf({ agreement, effectiveOn, performBy, confirmation }: StoredFile): Dispute['agreement'] {
  if (agreement === null || effectiveOn === null) return null
  return { kind: agreement, effectiveOn, performBy, confirmUntil: confirmUntil(effectiveOn), confirmation }
}

/** A file as it crosses the wire in lists: no text that anybody wrote. */
export function rowOf(file: StoredFile): DisputeRow {
  const { id, subclass, gridId, scale, people, risk, status, source, mediator, parties, version } = file
  const next = nextOf({ ...file, revisits: file.revisitsDue })
  return {
    id,
    number: disputeNumber(id, file.registeredAt),
    class: file.class,
    subclass,
    gridId,
    scale,
    people,
    risk,
    status,
    source,
    registeredAt: iso(file.registeredAt),
    closedAt: isoOr(file.closedAt),
    mediator,
    dueAt: iso(file.dueAt),
    next: next && { kind: next.kind, at: iso(next.at) },
    parties: [...parties],
    version,
  }
}

const iso = (at: number): string => new Date(at).toISOString()
const isoOr = (at: number | null): string | null => (at === null ? null : iso(at))

/** Litigation, party discipline, ethnic and religious matters take no files until the director has said so. */
export async function switchClass(
  { db, actor, now }: Ctx,
  code: string,
  enabled: boolean,
): Promise<DisputeClass[]> {
  if (!actor.duties.some(({ role }) => role === 'director')) {
    throw refuse('forbidden', {
      zh: '只有中心主任可以启用或停用受限类别。',
      en: 'Only the director switches the guarded classes.',
    })
  }
  if (!(await saveEnabled(db, code, enabled))) {
    throw refuse(
      'not-found',
      { zh: '没有这个受限类别。', en: 'There is no such guarded class.' },
      { field: '/code' },
    )
  }
  const step = 'dispute-class.switched'
  const data = { code, enabled }
  await append(db, [
    { step, subject: `dispute-class/${code}`, actor: actor.id, role: 'director', at: now, data },
  ])
  return await listClasses(db)
}
