import type { Role } from '../../accounts/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { DisputeMove, DisputeOrder, Status } from '../contract.ts'

/** What an order must say. */
export type Need = Exclude<
  keyof DisputeOrder,
  'move' | 'note' | 'at' | 'effectiveOn' | 'performBy' | 'day' | 'signs'
>

export interface MoveRule {
  readonly name: Words
  readonly from: readonly Status[]
  readonly to: Status | 'same'
  readonly roles: readonly Role[]
  /** A mediator makes it where named, or where nobody is; `seen`: wherever the file is seen. */
  readonly mediator: 'named' | 'seen'
  readonly needs: readonly Need[]
  /** The line in the trail. */
  readonly step: string
  /** Shown where the file stands elsewhere. */
  readonly elsewhere: Words
}

const ALL = ['director', 'shift-lead', 'mediator'] as const
const LEADS = ['director', 'shift-lead'] as const
const OPEN = ['registered', 'mediating'] as const
const SETTLED = ['agreed', 'performed', 'referred', 'failed'] as const

/** The flow of a file: nothing else changes it. */
export const FLOW: Readonly<Record<DisputeMove, MoveRule>> = {
  refer: {
    name: { zh: '分流', en: 'Refer' },
    from: OPEN,
    to: 'referred',
    roles: ALL,
    mediator: 'named',
    needs: ['referredTo'],
    step: 'dispute.referred',
    elsewhere: {
      zh: '达成协议或已结束的纠纷不再分流。',
      en: 'A dispute that is agreed on or over is not referred.',
    },
  },
  assign: {
    name: { zh: '确定调解员', en: 'Name the mediator' },
    from: OPEN,
    to: 'mediating',
    roles: ALL,
    mediator: 'named',
    needs: ['mediatorId'],
    step: 'dispute.assigned',
    elsewhere: { zh: '调解已结束，不再更换调解员。', en: 'Mediation is over; the mediator stays.' },
  },
  session: {
    name: { zh: '记录调解', en: 'Record a session' },
    from: ['mediating'],
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['session'],
    step: 'dispute.session',
    elsewhere: {
      zh: '确定调解员后、达成协议前才记录调解。',
      en: 'Sessions are held between naming a mediator and the agreement.',
    },
  },
  agree: {
    name: { zh: '达成协议', en: 'Agreement' },
    from: ['mediating'],
    to: 'agreed',
    roles: ALL,
    mediator: 'named',
    needs: ['agreement'],
    step: 'dispute.agreed',
    elsewhere: { zh: '只有调解中的纠纷可以达成协议。', en: 'Only what is being mediated can be agreed on.' },
  },
  confirm: {
    name: { zh: '司法确认', en: 'Confirmation by the court' },
    from: ['agreed', 'performed'],
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['confirmation'],
    step: 'dispute.confirmation',
    elsewhere: { zh: '有生效协议才能申请司法确认。', en: 'The court confirms an agreement in force.' },
  },
  extend: {
    name: { zh: '延长期限', en: 'Extend' },
    from: OPEN,
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['until', 'consent'],
    step: 'dispute.extended',
    elsewhere: { zh: '调解已结束，没有期限可以延长。', en: 'Mediation is over; there is nothing to extend.' },
  },
  perform: {
    name: { zh: '履行完毕', en: 'Performed' },
    from: ['agreed'],
    to: 'performed',
    roles: ALL,
    mediator: 'named',
    needs: [],
    step: 'dispute.performed',
    elsewhere: { zh: '达成协议后才有履行。', en: 'What was agreed on is performed.' },
  },
  revisit: {
    name: { zh: '回访', en: 'Revisit' },
    from: SETTLED,
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['revisit'],
    step: 'dispute.revisited',
    elsewhere: {
      zh: '调解中的纠纷不作回访，已归档的不再回访。',
      en: 'Revisits follow the mediation and precede the archive.',
    },
  },
  fail: {
    name: { zh: '调解不成', en: 'Failed' },
    from: ['mediating', 'agreed'],
    to: 'failed',
    roles: ALL,
    mediator: 'named',
    needs: ['reason'],
    step: 'dispute.failed',
    elsewhere: { zh: '调解尚未开始或已经结束。', en: 'Mediation has not begun, or is over.' },
  },
  resume: {
    name: { zh: '恢复调解', en: 'Take up again' },
    from: ['performed', 'referred', 'failed'],
    to: 'mediating',
    roles: LEADS,
    mediator: 'named',
    needs: ['reason'],
    step: 'dispute.resumed',
    elsewhere: { zh: '纠纷没有结束，或已经归档。', en: 'The dispute is not over, or is in the archive.' },
  },
  archive: {
    name: { zh: '归档', en: 'Archive' },
    from: ['performed', 'referred', 'failed'],
    to: 'archived',
    roles: LEADS,
    mediator: 'named',
    needs: [],
    step: 'dispute.archived',
    elsewhere: {
      zh: '履行、分流或调解不成之后才能归档。',
      en: 'Only what was performed, referred or failed goes to the archive.',
    },
  },
  risk: {
    name: { zh: '调整风险', en: 'Change the risk' },
    from: [...OPEN, ...SETTLED],
    to: 'same',
    roles: ALL,
    mediator: 'seen',
    needs: ['risk'],
    step: 'dispute.risk',
    elsewhere: { zh: '已归档，风险不再调整。', en: 'It is in the archive; the risk stays.' },
  },
  party: {
    name: { zh: '增加当事人', en: 'Add a party' },
    from: [...OPEN, ...SETTLED],
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['party'],
    step: 'dispute.party',
    elsewhere: { zh: '已归档，不再增加当事人。', en: 'It is in the archive; no party is added.' },
  },
  document: {
    name: { zh: '登记文书', en: 'Add a document' },
    from: [...OPEN, ...SETTLED],
    to: 'same',
    roles: ALL,
    mediator: 'named',
    needs: ['document'],
    step: 'dispute.document',
    elsewhere: { zh: '已归档，不再增加文书。', en: 'It is in the archive; no document is added.' },
  },
}

/** What is said where an order lacks something. */
export const MISSING: Readonly<Record<Need, Words>> = {
  reason: {
    zh: '请写明理由，至少 4 个字，不要写姓名。',
    en: 'Give a reason of at least 4 characters, without names.',
  },
  referredTo: { zh: '请选择分流去向。', en: 'Say where it is referred to.' },
  mediatorId: { zh: '请选择调解员。', en: 'Choose the mediator.' },
  session: { zh: '请选择本次调解的结果。', en: 'Say how the session ended.' },
  agreement: { zh: '请选择协议形式。', en: 'Say whether it is written or oral.' },
  confirmation: { zh: '请说明是否申请司法确认。', en: 'Say whether the court is asked.' },
  until: { zh: '请填写延长到哪一天。', en: 'Say until which day.' },
  consent: { zh: '须双方当事人同意才能延长。', en: 'Both sides must have agreed to it.' },
  revisit: { zh: '请选择回访结果。', en: 'Say what the revisit found.' },
  risk: { zh: '请选择风险等级。', en: 'Choose the risk.' },
  party: { zh: '请填写当事人。', en: 'Say who the party is.' },
  document: { zh: '请选择文书种类。', en: 'Choose the kind of document.' },
}
