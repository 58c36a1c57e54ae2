import { clockOf, dateOf } from '../../deadlines/rules.ts'
import { problemOf, Refusal, refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import { findVisible, rowOf } from '../actions.ts'
import type { DisputeMove, DisputeOrder, DisputeRow } from '../contract.ts'
import {
  changeOf,
  decide,
  FLOW,
  isLower,
  maskText,
  nextOf,
  proposeRisk,
  type Changed,
  type File,
  type Refused,
  type Stored,
} from '../rules.ts'
import { listMediators, listSteps, type StoredFile } from '../store.ts'
import {
  dueRevisit,
  insertDocument,
  insertParties,
  insertRevisits,
  insertRisk,
  insertSession,
  nextNumber,
  saveRevisit,
  saveState,
} from '../store/write.ts'
import { sealParty } from './register.ts'
import { peopleOf, seal, type Desk } from './texts.ts'

/** One change to a file: load, decide, save, append. */
export async function move(
  desk: Desk,
  id: number,
  { version, ...order }: DisputeOrder & { readonly version: number },
): Promise<DisputeRow> {
  const { db, actor, now } = desk
  const file = await findVisible(desk, id)
  const verdict = decide(factsOf(file), order, actor, now.getTime())
  if (!verdict.ok) throw refusalOf(verdict)
  if (file.version !== version) throw await changed(desk, id)
  const lowered = await checkOrder(desk, file, order)
  const change = changeOf(storedOf(file), order, verdict.to, now.getTime())
  if (!(await saveState(db, { id, version }, change.state))) throw await changed(desk, id)
  await PARTS[order.move]?.(desk, file, order, lowered)
  if (change.revisits.length > 0) {
    await insertRevisits(db, id, await nextNumber(db, 'dispute_revisits', id), change.revisits)
  }
  await append(db, [
    {
      step: FLOW[order.move].step,
      subject: `dispute/${id}`,
      actor: actor.id,
      role: verdict.as,
      at: now,
      data: await told(desk, id, order, change),
    },
  ])
  return rowOf(await findVisible(desk, id))
}

export function factsOf(file: StoredFile): File {
  return { ...file, openRevisits: file.revisitsDue.length }
}

function storedOf(file: StoredFile): Stored {
  return { ...file, ...factsOf(file), next: nextOf({ ...file, revisits: file.revisitsDue }) }
}

const KINDS = { forbidden: 'forbidden', refused: 'refused', invalid: 'invalid-field' } as const

function refusalOf({ kind, why, field }: Refused): Refusal {
  return new Refusal(problemOf(KINDS[kind], why, field === undefined ? {} : { field }))
}

async function changed({ db }: Desk, id: number): Promise<Refusal> {
  const last = (await listSteps(db, id)).at(-1)
  const at = last ? ` (${clockOf(Date.parse(last.at))})` : ''
  return refuse(
    'conflict',
    {
      zh: `这件纠纷在您打开之后已被修改${at}，请刷新后再操作。`,
      en: `The dispute was changed after you opened it${at}; load it again.`,
    },
    { field: '/version' },
  )
}

/** What only the database knows of an order, and the colour that the rules propose. */
async function checkOrder({ db }: Desk, file: StoredFile, order: DisputeOrder) {
  if (order.move === 'assign') {
    const mediators = await listMediators(db)
    if (!mediators.some(({ id }) => id === order.mediatorId)) {
      throw refuse(
        'invalid-field',
        { zh: '没有这位调解员。', en: 'There is no such mediator.' },
        { field: '/mediatorId' },
      )
    }
  }
  const proposed = proposeRisk({ ...file, signs: order.signs ?? file.signs }).risk
  const isUnexplained = order.move === 'risk' && (order.reason ?? '').trim().length < 4
  if (isUnexplained && isLower(order.risk ?? file.risk, proposed)) {
    throw refuse(
      'invalid-field',
      {
        zh: '定级低于规则建议，请写明理由。',
        en: 'The risk is lower than the rules propose; give a reason.',
      },
      { field: '/reason' },
    )
  }
  return proposed
}

type Proposed = Awaited<ReturnType<typeof checkOrder>>
type Write = (desk: Desk, file: StoredFile, order: DisputeOrder, proposed: Proposed) => Promise<void>

/** What moves add to the parts of a file. */
const PARTS: Readonly<Partial<Record<DisputeMove, Write>>> = {
  async session({ db, cipher, actor, now }, { id, mediatorId }, { at, note, session = 'progress' }) {
    const n = await nextNumber(db, 'dispute_sessions', id)
    await insertSession(db, id, {
      n,
      at: at === undefined ? now.getTime() : Date.parse(at),
      mediatorId: mediatorId ?? actor.account,
      note: note === undefined ? null : seal(cipher, 'dispute_sessions.note', id, note, n),
      outcome: session,
    })
  },
  async document({ db, cipher, now }, { id }, { document = 'application', day, note }) {
    const n = await nextNumber(db, 'dispute_documents', id)
    await insertDocument(db, id, {
      n,
      kind: document,
      day: day ?? dateOf(now.getTime()),
      note: note === undefined ? null : seal(cipher, 'dispute_documents.note', id, note, n),
    })
  },
  async revisit({ db, cipher, now }, { id }, { note, revisit = 'unreachable' }) {
    const n = await dueRevisit(db, id)
    if (n === null) throw new Error('the rules let a revisit through that is not due')
    await saveRevisit(db, id, {
      n,
      at: now.getTime(),
      outcome: revisit,
      note: note === undefined ? null : seal(cipher, 'dispute_revisits.note', id, note, n),
    })
  },
  async party({ db, cipher }, { id }, { party }) {
    if (!party) return
    const n = await nextNumber(db, 'dispute_parties', id)
    await insertParties(db, id, [sealParty(cipher, id, n, party)])
  },
  async risk({ db, cipher, actor, now }, { id, risk: before }, { risk = before, reason }, proposed) {
    const n = await nextNumber(db, 'dispute_risks', id)
    await insertRisk(db, id, {
      n,
      at: now.getTime(),
      accountId: actor.account,
      risk,
      proposed,
      reason: reason === undefined ? null : seal(cipher, 'dispute_risks.reason', id, reason, n),
    })
  },
}

/** What the trail hears: no name and no text but the reason, which is masked. */
async function told(desk: Desk, id: number, order: DisputeOrder, { state }: Changed) {
  const { note: _note, party, reason, move: _move, ...data } = order
  return {
    ...data,
    status: state.status,
    risk: state.risk,
    ...(party && { part: party.part }),
    ...(reason !== undefined && { reason: maskText(reason.trim(), await peopleOf(desk, id)) }),
  }
}
