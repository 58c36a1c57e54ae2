import { expect, test } from 'vitest'
import { AT, iso, requestOf, saidTo, subjectAt, type Said } from './subject-testing.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const CASES: Said[] = [
  [
    'asking for time at the deadline itself',
    subjectAt('signed'),
    'handler',
    { move: 'askExtend', reason: 'x' },
    'ok',
    {},
    AT + HOUR,
  ],
  [
    'asking for time after it',
    subjectAt('signed'),
    'handler',
    { move: 'askExtend', reason: 'x' },
    '已过办理期限',
    {},
    AT + HOUR + 1,
  ],
  [
    'a third extension',
    subjectAt('signed', { extensions: 2 }),
    'handler',
    { move: 'askExtend', reason: 'x' },
    '已经延期2次',
  ],
  [
    'refusals do not count',
    subjectAt('signed', {
      extensions: 1,
      requests: [requestOf('extend', { stage: 'refused', decidedAt: iso(AT) })],
    }),
    'handler',
    { move: 'askExtend', reason: 'x' },
    'ok',
  ],
  [
    'asking for the same twice',
    subjectAt('signed', { requests: [requestOf('extend')] }),
    'handler',
    { move: 'askExtend', reason: 'x' },
    '已有同样的申请',
  ],
  [
    'granting time after the deadline',
    subjectAt('signed', { requests: [requestOf('extend', { stage: 'endorsed' })] }),
    'dispatcher',
    { move: 'grant', ask: 'extend' },
    '已过办理期限',
    {},
    AT + HOUR + 1,
  ],
  [
    'granting a third',
    subjectAt('signed', { extensions: 2, requests: [requestOf('extend', { stage: 'endorsed' })] }),
    'dispatcher',
    { move: 'grant', ask: 'extend' },
    '已经延期2次',
  ],
  [
    'granting before the first stage',
    subjectAt('signed', { requests: [requestOf('extend')] }),
    'dispatcher',
    { move: 'grant', ask: 'extend' },
    '申请还没有初审',
  ],
  [
    'granting what one asked for',
    subjectAt('signed', { requests: [requestOf('hold', { askedBy: 1 })] }),
    'director',
    { move: 'grant', ask: 'hold' },
    '自己提出的申请',
  ],
  [
    'reopening what one asked for',
    subjectAt('closed', { requests: [requestOf('reopen', { askedBy: 1 })] }),
    'shift-lead',
    { move: 'reopen' },
    '自己提出的申请',
  ],
  [
    'refusing without a reason',
    subjectAt('signed', { requests: [requestOf('hold')] }),
    'director',
    { move: 'refuse', ask: 'hold' },
    '请写明理由',
  ],
  [
    'reopening what nobody asked for',
    subjectAt('closed'),
    'shift-lead',
    { move: 'reopen' },
    '没有重新办理的申请',
  ],
  [
    'a second hold',
    subjectAt('signed', { holds: 1 }),
    'dispatcher',
    { move: 'askHold', reason: 'x', until: iso(AT + DAY) },
    '每个案件只能挂账一次',
  ],
  [
    'a hold of a year',
    subjectAt('signed'),
    'dispatcher',
    { move: 'askHold', reason: 'x', until: iso(AT + 365 * DAY) },
    'ok',
  ],
  [
    'a hold of a year and a moment',
    subjectAt('signed'),
    'dispatcher',
    { move: 'askHold', reason: 'x', until: iso(AT + 365 * DAY + 1) },
    '挂账最长一年',
  ],
  [
    'a hold until now',
    subjectAt('signed'),
    'dispatcher',
    { move: 'askHold', reason: 'x', until: iso(AT) },
    '挂账应到将来',
  ],
  [
    'granting a hold whose end has passed',
    subjectAt('signed', { requests: [requestOf('hold', { until: iso(AT) })] }),
    'director',
    { move: 'grant', ask: 'hold' },
    '申请挂账的时间已经过了',
  ],
  [
    'an appeal against closing in time',
    subjectAt('closed', {}, { dueAt: iso(AT) }),
    'unit-liaison',
    { move: 'askAppeal', reason: 'x' },
    '事件没有超时',
  ],
  [
    'a second appeal',
    subjectAt('closed', { requests: [requestOf('appeal', { stage: 'refused', decidedAt: iso(AT) })] }),
    'unit-liaison',
    { move: 'askAppeal', reason: 'x' },
    '每个案件只能申诉一次',
  ],
]

test.each(CASES)('%s', (...said) => {
  expect(saidTo(said)).toBe(said[4])
})
