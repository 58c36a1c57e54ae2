import { refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import { findVisible, rowOf } from '../actions.ts'
import type { DisputeRow, NewDispute, NewParty } from '../contract.ts'
import {
  firstSessionBy,
  isGuarded,
  isLower,
  maskName,
  maskPhone,
  maySee,
  monthFrom,
  nextOf,
  proposeRisk,
  registrarFor,
  sightOf,
} from '../rules.ts'
import { isGrid, listClasses } from '../store.ts'
import { insertFile, insertParties, insertRisk, takeId, type SealedNewParty } from '../store/write.ts'
import type { Cipher } from '#db/cipher'
import { seal, type Desk } from './texts.ts'

/** What the form may leave out. */
const USUAL = { subclass: '99', scale: '01', people: 2, signs: [], source: 'application' } as const

export async function register(desk: Desk, body: NewDispute): Promise<DisputeRow> {
  const { db, cipher, actor, now } = desk
  const asked = { ...USUAL, ...body }
  await checkPlace(desk, asked)
  const proposed = proposeRisk(asked)
  const risk = asked.risk ?? proposed.risk
  if (isLower(risk, proposed.risk) && (asked.riskReason ?? '').trim().length < 4) {
    throw refuse(
      'invalid-field',
      {
        zh: '定级低于规则建议，请写明理由。',
        en: 'The risk is lower than the rules propose; give a reason.',
      },
      { field: '/riskReason' },
    )
  }
  const id = await takeId(db)
  const at = now.getTime()
  const promises = { firstDueAt: firstSessionBy(risk, at), dueAt: monthFrom(at) }
  const next = nextOf({ status: 'registered', ...promises, performBy: null, revisits: [] })
  await insertFile(db, {
    ...asked,
    id,
    risk,
    registeredAt: at,
    summary: seal(cipher, 'disputes.summary', id, asked.summary),
    place: asked.place === undefined ? null : seal(cipher, 'disputes.place', id, asked.place),
    ...promises,
    nextAt: next?.at ?? promises.dueAt,
  })
  await insertParties(
    db,
    id,
    asked.parties.map((party, k) => sealParty(cipher, id, k + 1, party)),
  )
  const { riskReason } = asked
  await insertRisk(db, id, {
    n: 1,
    at,
    accountId: actor.account,
    risk,
    proposed: proposed.risk,
    reason: riskReason === undefined ? null : seal(cipher, 'dispute_risks.reason', id, riskReason, 1),
  })
  const role = registrarFor(actor, asked.gridId)
  await append(db, [
    {
      step: 'dispute.registered',
      subject: `dispute/${id}`,
      actor: actor.id,
      ...(role !== null && { role }),
      at: now,
      data: { class: asked.class, gridId: asked.gridId, risk, proposed: proposed.risk, status: 'registered' },
    },
  ])
  return rowOf(await findVisible(desk, id))
}

/** Class and grid must be such that whoever registers will see the file. */
async function checkPlace({ db, actor }: Desk, asked: Pick<NewDispute, 'class' | 'subclass' | 'gridId'>) {
  const classes = await listClasses(db)
  const found = classes.find(({ code }) => code === asked.class)
  const isKnown = found?.subclasses.some(({ code }) => code === asked.subclass)
  if (!found || !isKnown) {
    throw refuse(
      'invalid-field',
      { zh: '没有这个纠纷类别。', en: 'There is no such class of disputes.' },
      { field: found ? '/subclass' : '/class' },
    )
  }
  if (!found.enabled) {
    throw refuse(
      'refused',
      { zh: '该类别没有启用。', en: 'This class takes no files at present.' },
      { field: '/class' },
    )
  }
  if (!(await isGrid(db, asked.gridId))) {
    throw refuse(
      'invalid-field',
      { zh: '没有这个网格。', en: 'There is no such grid.' },
      { field: '/gridId' },
    )
  }
  if (actor.account !== null && maySee(sightOf(actor), asked.class, asked.gridId)) return
  throw refuse(
    'forbidden',
    isGuarded(asked.class)
      ? { zh: '该类别只由中心主任办理。', en: 'This class is for the director alone.' }
      : { zh: '该网格不在您的职责范围内。', en: 'The grid lies outside your duties.' },
    { field: isGuarded(asked.class) ? '/class' : '/gridId' },
  )
}

export function sealParty(
  cipher: Cipher,
  id: number,
  n: number,
  { part, name, phone }: NewParty,
): SealedNewParty {
  return {
    n,
    part,
    name: seal(cipher, 'dispute_parties.name', id, name, n),
    nameMasked: maskName(name),
    phone: phone === undefined ? null : seal(cipher, 'dispute_parties.phone', id, phone, n),
    phoneMasked: phone === undefined ? null : maskPhone(phone),
  }
}
