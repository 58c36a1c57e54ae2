import { expect, test } from 'vitest'
import type { EventStatus } from '../events/contract.ts'
import type { PhotoStage } from '../photos/contract.ts'
import {
  AT,
  CONDITION,
  iso,
  partAt,
  requestOf,
  rowAt,
  saidTo,
  subjectAt,
  type Said,
} from './subject-testing.ts'

const HOUR = 3_600_000
const PHOTO = { ...CONDITION, proof: 'photo' as const }

const photo = (stage: PhotoStage, at: number) => ({
  id: 1,
  stage,
  width: 1,
  height: 1,
  bytes: 1,
  takenAt: null,
  takenAwayM: null,
  uploadedAt: iso(at),
})

const lead = (status: EventStatus, more: Parameters<typeof partAt>[2] = {}) => [partAt('lead', status, more)]

const CASES: Said[] = [
  [
    'the window to return is open',
    subjectAt('signed'),
    'unit-liaison',
    { move: 'return', reason: 'x' },
    'ok',
    {},
    AT + HOUR,
  ],
  [
    'it has passed',
    subjectAt('signed'),
    'unit-liaison',
    { move: 'return', reason: 'x' },
    '退回期限到 2026-03-06 11:00',
    {},
    AT + HOUR + 1,
  ],
  ['a return without a reason', subjectAt('signed'), 'unit-liaison', { move: 'return' }, '请写明理由'],
  [
    'a reason of nothing but space',
    subjectAt('signed'),
    'unit-liaison',
    { move: 'return', reason: ' 　' },
    '请写明理由',
  ],
  ['nobody has signed', subjectAt('dispatched'), 'dispatcher', { move: 'recall', reason: 'x' }, 'ok'],
  [
    'an assisting unit has signed',
    subjectAt('dispatched', { assignments: [...lead('dispatched'), partAt('assist', 'signed')] }),
    'dispatcher',
    { move: 'recall', reason: 'x' },
    '已有单位签收',
  ],
  [
    'signing twice',
    subjectAt('dispatched', { assignments: lead('dispatched', { signedAt: iso(AT) }) }),
    'unit-liaison',
    { move: 'sign' },
    '您的单位已经签收',
  ],
  [
    'proof is wanted, none is there',
    subjectAt('handling', { condition: PHOTO }),
    'handler',
    { move: 'handle', reason: 'x' },
    '这类事件处置完毕须有',
  ],
  [
    'a picture from before',
    subjectAt('handling', { condition: PHOTO, photos: [photo('before', AT)] }),
    'handler',
    { move: 'handle', reason: 'x' },
    '这类事件处置完毕须有',
  ],
  [
    'a picture from after',
    subjectAt('handling', { condition: PHOTO, photos: [photo('after', AT - HOUR)] }),
    'handler',
    { move: 'handle', reason: 'x' },
    'ok',
  ],
  [
    'a picture from before it was sent back',
    subjectAt('handling', {
      condition: PHOTO,
      photos: [photo('after', AT - HOUR)],
      assignments: lead('handling', { sentBackAt: iso(AT - HOUR + 1) }),
    }),
    'handler',
    { move: 'handle', reason: 'x' },
    '这类事件处置完毕须有',
  ],
  [
    'closing while something is asked',
    subjectAt('handled', { requests: [requestOf('handover')] }),
    'director',
    { move: 'close' },
    '还有申请等待决定',
  ],
  ['into itself', subjectAt('filed'), 'acceptor', { move: 'merge', into: 12 }, '不能并入自己'],
  [
    'into what does not exist',
    subjectAt('filed'),
    'acceptor',
    { move: 'merge', into: 99 },
    '没有要并入的事件',
    { target: null },
  ],
  [
    'into what went into another',
    subjectAt('filed'),
    'acceptor',
    { move: 'merge', into: 13 },
    '要并入的事件已办结',
    { target: rowAt('merged') },
  ],
  [
    'into what was closed',
    subjectAt('filed'),
    'acceptor',
    { move: 'merge', into: 13 },
    '要并入的事件已办结',
    { target: rowAt('closed') },
  ],
  [
    'a condition of another class',
    subjectAt('reported'),
    'shift-lead',
    { move: 'file', conditionId: 8 },
    '该类事件没有这个立案条件',
    { condition: { ...CONDITION, category: 'G5' } },
  ],
  [
    'a condition that does not exist',
    subjectAt('reported'),
    'shift-lead',
    { move: 'file', conditionId: 8 },
    '该类事件没有这个立案条件',
    { condition: null },
  ],
  [
    'a lead that assists itself',
    subjectAt('filed'),
    'dispatcher',
    { move: 'dispatch', unit: 'HW', assist: ['HW'] },
    '牵头单位不能同时协办',
  ],
  [
    'a unit that does not exist',
    subjectAt('filed'),
    'dispatcher',
    { move: 'dispatch', unit: 'ZZ' },
    '没有处置单位“ZZ”',
    { units: [] },
  ],
  [
    'to one who is no neighbour',
    subjectAt('filed'),
    'grid-worker',
    { move: 'askHandover', reason: 'x', gridId: 9 },
    '只能移交给相邻的网格',
    { neighbours: [2] },
  ],
  [
    'to the grid itself',
    subjectAt('filed'),
    'grid-worker',
    { move: 'askHandover', reason: 'x', gridId: 1 },
    '事件已在这个网格',
  ],
  [
    'verifying where there is no grid',
    subjectAt('reported', {}, { gridId: null }),
    'acceptor',
    { move: 'askVerify' },
    '事件还没有网格',
  ],
  [
    'the level that it has',
    subjectAt('signed', {}, { supervision: 2 }),
    'director',
    { move: 'supervise', level: 2, reason: 'x' },
    '已经是这个督办级别',
  ],
  [
    'replying twice',
    subjectAt('signed', {
      obligations: [{ id: 3, eventId: 12, channel: 'grid', dueAt: iso(AT), reply: 'x', repliedAt: iso(AT) }],
    }),
    'acceptor',
    { move: 'reply', obligationId: 3, reason: 'x' },
    '这个渠道已经答复',
  ],
  [
    'replying to nobody',
    subjectAt('signed'),
    'acceptor',
    { move: 'reply', obligationId: 4, reason: 'x' },
    '事件没有这项答复',
  ],
  [
    'an outcome of another move',
    subjectAt('checking'),
    'grid-worker',
    { move: 'check', outcome: 'satisfied' },
    '请选择结果',
  ],
  [
    'failing without saying why',
    subjectAt('checking'),
    'grid-worker',
    { move: 'check', outcome: 'failed' },
    '请写明理由',
  ],
  [
    'unsatisfied without saying why',
    subjectAt('closed'),
    'acceptor',
    { move: 'revisit', outcome: 'unsatisfied' },
    '请写明理由',
  ],
]

test.each(CASES)('%s', (...said) => {
  expect(saidTo(said)).toBe(said[4])
})
