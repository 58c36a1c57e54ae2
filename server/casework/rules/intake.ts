import type { Move } from '../contract.ts'
import { FIELD, type MoveRule } from './shape.ts'

/** From the report to the decision whether it is a case. */
export const INTAKE = {
  askVerify: {
    name: { zh: '请求核实', en: 'Ask to verify' },
    from: ['reported'],
    to: 'verifying',
    roles: ['acceptor', 'shift-lead'],
    where: 'own',
    needs: [],
    starts: ['stage'],
    step: 'event.verify-asked',
    elsewhere: {
      zh: '只有刚上报的事件可以请求核实。',
      en: 'Only an event that has just been reported can be verified.',
    },
  },
  verify: {
    name: { zh: '核实', en: 'Verify' },
    from: ['verifying'],
    to: { confirmed: 'reported', 'not-found': 'reported' },
    roles: FIELD,
    where: 'own',
    needs: ['outcome'],
    starts: ['stage'],
    step: 'event.verified',
    elsewhere: { zh: '没有请您核实这个事件。', en: 'Nobody has asked for this event to be verified.' },
  },
  file: {
    name: { zh: '立案', en: 'File' },
    from: ['reported', 'verifying'],
    to: 'filed',
    roles: ['shift-lead', 'commander'],
    where: 'own',
    needs: ['conditionId'],
    starts: ['stage'],
    step: 'event.filed',
    elsewhere: {
      zh: '只有待受理或核实中的事件可以立案。',
      en: 'Only an event in intake can be filed.',
    },
  },
  reject: {
    name: { zh: '不予立案', en: 'Reject' },
    from: ['reported', 'verifying'],
    to: 'rejected',
    roles: ['shift-lead', 'director'],
    where: 'own',
    needs: ['reason'],
    stops: ['promise', 'stage'],
    lapses: ['handover'],
    step: 'event.rejected',
    elsewhere: {
      zh: '事件已经立案或办结，不能再不予立案。',
      en: 'The event has been filed or has ended; it can no longer be rejected.',
    },
  },
  merge: {
    name: { zh: '并案', en: 'Merge' },
    from: ['reported', 'verifying', 'filed'],
    to: 'merged',
    roles: ['acceptor', 'shift-lead'],
    where: 'own',
    needs: ['into'],
    stops: ['promise', 'stage'],
    lapses: ['handover', 'hold'],
    step: 'event.merged',
    elsewhere: {
      zh: '只有派遣之前的事件可以并案。',
      en: 'Only an event that has not been dispatched can be merged.',
    },
  },
} satisfies Partial<Record<Move, MoveRule>>
