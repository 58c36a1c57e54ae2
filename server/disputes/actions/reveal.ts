import type { BodyOf, ReplyOf } from '../../http/contract.ts'
import { refuse } from '../../http/problems.ts'
import { append } from '../../trail/store.ts'
import { findVisible } from '../actions.ts'
import type { revealParty } from '../contract.ts'
import { handlerFor, maskText } from '../rules.ts'
import { listParties } from '../store.ts'
import { factsOf } from './move.ts'
import { open, peopleOf, type Desk } from './texts.ts'

/** One name or telephone in clear. The line in the audit is of the same transaction: without it nothing is told. */
export async function reveal(
  desk: Desk,
  id: number,
  { n, field, reason }: BodyOf<typeof revealParty>,
): Promise<ReplyOf<typeof revealParty>> {
  const { db, cipher, actor, now } = desk
  const file = await findVisible(desk, id)
  const role = handlerFor(factsOf(file), actor)
  if (role === null) {
    throw refuse('forbidden', {
      zh: '只有办理这件纠纷的人可以查看当事人信息。',
      en: 'Only those who handle the dispute see who the parties are.',
    })
  }
  if (reason.trim().length < 4) {
    throw refuse(
      'invalid-field',
      { zh: '请写明查看的理由，至少 4 个字。', en: 'Give a reason of at least 4 characters.' },
      { field: '/reason' },
    )
  }
  const party = (await listParties(db, id)).find((one) => one.n === n)
  const sealed = party?.[field]
  if (!sealed) {
    throw refuse(
      'not-found',
      { zh: '没有这位当事人，或没有登记该项。', en: 'There is no such party, or it was not entered.' },
      { field: '/n' },
    )
  }
  const value = open(cipher, `dispute_parties.${field}`, id, sealed, n)
  await append(db, [
    {
      step: 'dispute.revealed',
      subject: `dispute/${id}`,
      actor: actor.id,
      role,
      at: now,
      data: { n, field, reason: maskText(reason.trim(), await peopleOf(desk, id)) },
    },
  ])
  return { value }
}
