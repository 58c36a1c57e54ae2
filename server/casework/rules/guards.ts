import { holderOf } from '../../accounts/rules.ts'
import type { Words } from '../../http/contract.ts'
import type { Move, MoveOrder } from '../contract.ts'
import { EXTENSIONS, holdEnd, isLate } from './limits.ts'
import { OWN_REQUEST, whenOf } from './words.ts'
import { invalid, openRequest, refused, type Beside, type Refused, type Standing } from './subject.ts'

/** What stands against a move as the case is, whatever the order says. */
type Guard = (standing: Standing) => Words | null

const NO_GRID: Words = {
  zh: '事件还没有网格，须先由边界台确定。',
  en: 'The event has no grid yet; the border desk gives it one first.',
}

const hasGrid: Guard = ({ subject }) => (subject.event.gridId === null ? NO_GRID : null)

export const GUARDS: Readonly<Partial<Record<Move, Guard>>> = {
  askVerify: hasGrid,
  askCheck: hasGrid,
  dispatch: ({ subject }) =>
    subject.work.condition
      ? null
      : { zh: '这一类还没有立案条件，无法计时。', en: 'The class has no filing condition, so no clock.' },
  recall: ({ subject }) =>
    subject.work.assignments.some(({ endedAt, signedAt }) => endedAt === null && signedAt !== null)
      ? { zh: '已有单位签收，不能撤回派遣。', en: 'A unit has signed; the dispatch cannot be recalled.' }
      : null,
  sign: ({ part }) =>
    part?.signedAt === null ? null : { zh: '您的单位已经签收。', en: 'Your unit has signed already.' },
  return: ({ part, now }) => {
    if (!part) return null
    if (part.handledAt !== null)
      return { zh: '您的单位已经处置完毕。', en: 'Your unit has handled its part already.' }
    const until = whenOf(part.refuseUntil)
    return now > Date.parse(part.refuseUntil)
      ? {
          zh: `退回期限到 ${until} 为止，已经过了。`,
          en: `It could be returned until ${until}, which has passed.`,
        }
      : null
  },
  handle: (standing) => assistHandles(standing) ?? lacksPhoto(standing),
  close: ({ subject }) =>
    subject.event.asks.length > 0
      ? { zh: '还有申请等待决定，不能结案。', en: 'A request waits for a decision; it cannot be closed.' }
      : null,
  askExtend: ({ subject, now }) => {
    if (isLate(subject, now)) return AFTER_DEADLINE
    if (subject.work.extensions >= EXTENSIONS) return NO_MORE_TIME
    return openRequest(subject, 'extend') && ASKED_ALREADY
  },
  askHold: ({ subject }) =>
    subject.work.holds > 0 ? HELD_BEFORE : openRequest(subject, 'hold') && ASKED_ALREADY,
  askHandover: (standing) =>
    hasGrid(standing) ?? (openRequest(standing.subject, 'handover') && ASKED_ALREADY),
  askReopen: ({ subject }) => openRequest(subject, 'reopen') && ASKED_ALREADY,
  reopen: ({ subject, actor }) => {
    const request = openRequest(subject, 'reopen')
    if (!request)
      return {
        zh: '没有重新办理的申请：重新立案须先有人申请。',
        en: 'Nobody has asked for it to be reopened.',
      }
    return request.askedBy === actor.account ? OWN_REQUEST : null
  },
  askAppeal: ({ subject }) => {
    const { closedAt, dueAt } = subject.event
    if (closedAt === null || Date.parse(closedAt) <= Date.parse(dueAt))
      return { zh: '事件没有超时，不需要申诉。', en: 'The event was not late; there is nothing to appeal.' }
    return subject.work.requests.some(({ kind }) => kind === 'appeal')
      ? { zh: '每个案件只能申诉一次。', en: 'A case can be appealed once.' }
      : null
  },
}

export const AFTER_DEADLINE: Words = {
  zh: '已过办理期限，不能再延期。',
  en: 'The deadline has passed; there is no extension after it.',
}
export const NO_MORE_TIME: Words = {
  zh: `已经延期${EXTENSIONS}次，不能再延。`,
  en: `It has been extended ${EXTENSIONS} times; there is no more.`,
}
export const HELD_BEFORE: Words = {
  zh: '每个案件只能挂账一次。',
  en: 'A case can be on hold once.',
}
const ASKED_ALREADY: Words = {
  zh: '已有同样的申请在等待决定。',
  en: 'The same has been asked for and waits for a decision.',
}

function assistHandles({ part }: Standing): Words | null {
  if (part?.part !== 'assist') return null
  if (part.signedAt === null) return { zh: '请先签收。', en: 'Sign first.' }
  return part.handledAt === null
    ? null
    : { zh: '您的单位已经处置完毕。', en: 'Your unit has handled its part already.' }
}

/** Proof must be newer than the dispatch, and than the last time that the work was sent back. */
function lacksPhoto({ subject, part }: Standing): Words | null {
  if (part?.part !== 'lead' || subject.work.condition?.proof !== 'photo') return null
  const since = Date.parse(part.sentBackAt ?? part.dispatchedAt)
  const shown = subject.work.photos.some(
    ({ stage, uploadedAt }) => stage === 'after' && Date.parse(uploadedAt) >= since,
  )
  return shown
    ? null
    : {
        zh: '这类事件处置完毕须有处置后的照片（返工后须重新拍摄）。',
        en: 'This class needs a picture taken after handling, and a new one after rework.',
      }
}

/** What is wrong with what the order says. */
type Check = (order: MoveOrder, standing: Standing, beside: Beside) => Refused | null

export const CHECKS: Readonly<Partial<Record<Move, Check>>> = {
  file: ({ conditionId }, standing, beside) => wrongCondition(conditionId, standing, beside),
  reopen: ({ conditionId }, standing, beside) => wrongCondition(conditionId, standing, beside),
  merge: ({ into }, { subject }, { target }) => {
    if (into === subject.event.id)
      return invalid('/into', { zh: '不能并入自己。', en: 'An event cannot go into itself.' })
    if (target === undefined) return null
    if (target === null) return invalid('/into', { zh: '没有要并入的事件。', en: 'There is no such event.' })
    return target.closedAt === null
      ? null
      : refused({
          zh: '要并入的事件已办结或已并案，请选另一个。',
          en: 'That event has ended or was merged itself; choose another.',
        })
  },
  dispatch: ({ unit, assist = [] }, _standing, { units }) => {
    if (unit !== undefined && assist.includes(unit))
      return invalid('/assist', { zh: '牵头单位不能同时协办。', en: 'The lead cannot assist itself.' })
    if (units === undefined) return null
    const unknown = [unit ?? '', ...assist].find((code) => !units.includes(code))
    if (unknown === undefined) return null
    const why = { zh: `没有处置单位“${unknown}”。`, en: `There is no unit "${unknown}".` }
    return invalid(unknown === unit ? '/unit' : '/assist', why)
  },
  askHold: ({ until = '' }, { now }) => {
    const at = Date.parse(until)
    if (!(at > now))
      return invalid('/until', { zh: '挂账应到将来的某个时间。', en: 'A hold ends in the future.' })
    if (at <= holdEnd(now)) return null
    return invalid('/until', { zh: '挂账最长一年。', en: 'A hold is a year at most.' })
  },
  askHandover: ({ gridId }, { subject }, { neighbours }) => {
    if (gridId === holderOf(subject.event))
      return invalid('/gridId', { zh: '事件已在这个网格。', en: 'The event is in that grid already.' })
    if (neighbours === undefined || (gridId !== undefined && neighbours.includes(gridId))) return null
    return invalid('/gridId', { zh: '只能移交给相邻的网格。', en: 'Only a neighbouring grid can take over.' })
  },
  supervise: ({ level }, { subject }) =>
    level === subject.event.supervision
      ? refused({ zh: '已经是这个督办级别。', en: 'It has that level of supervision already.' })
      : null,
  important: ({ on }, { subject }) => {
    if (on !== subject.event.important) return null
    return refused(
      on
        ? { zh: '已经标为重点。', en: 'It is marked as important already.' }
        : { zh: '没有标为重点。', en: 'It is not marked as important.' },
    )
  },
  reply: ({ obligationId }, { subject }) => {
    const obligation = subject.work.obligations.find(({ id }) => id === obligationId)
    if (!obligation)
      return invalid('/obligationId', { zh: '事件没有这项答复。', en: 'The event has no such obligation.' })
    return obligation.repliedAt === null
      ? null
      : refused({ zh: '这个渠道已经答复。', en: 'That channel has been answered already.' })
  },
}

function wrongCondition(
  id: number | undefined,
  { subject }: Standing,
  { condition }: Beside,
): Refused | null {
  if (id === undefined || condition === undefined) return null
  if (condition?.category === subject.event.category) return null
  return invalid('/conditionId', {
    zh: '该类事件没有这个立案条件，或它已停用。',
    en: 'The class has no such filing condition, or it is no longer in force.',
  })
}
