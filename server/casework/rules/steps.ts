import type { Ask } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import { FLOW } from './flow.ts'
import { REQUESTS } from './requests.ts'

const OTHERS: Readonly<Record<string, Words>> = {
  'event.reported': { zh: '上报', en: 'Reported' },
  'event.placed': { zh: '确定网格', en: 'Given a grid' },
  'event.absorbed': { zh: '并入其他事件', en: 'Took in another event' },
  'event.redirected': { zh: '随并案转移', en: 'Went along with a merge' },
  'event.kept': { zh: '随网格调整转交', en: 'Went along with the ground' },
  'event.amber': { zh: '即将到期', en: 'About to be late' },
  'event.red': { zh: '超时', en: 'Late' },
}

const MOVED = new Map(Object.values(FLOW).map(({ step, name }) => [step, name]))
const ANSWERS: Readonly<Record<string, Words>> = {
  endorsed: { zh: '初审同意', en: 'endorsed' },
  granted: { zh: '批准', en: 'granted' },
  refused: { zh: '未同意', en: 'refused' },
}

/** What a line of an event's history says, in two languages. */
export function stepName(step: string): Words {
  const known = MOVED.get(step) ?? OTHERS[step]
  if (known) return known
  const [, kind = '', answer = ''] = /^event\.(\w+)-(\w+)$/.exec(step) ?? []
  if (answer === 'assist') return assisted(MOVED.get(`event.${kind}`))
  const [asked, answered] = [REQUESTS[kind as Ask], ANSWERS[answer]]
  if (!asked || !answered) return { zh: '变动', en: 'Changed' }
  return { zh: `${asked.name.zh}：${answered.zh}`, en: `${asked.name.en} ${answered.en}` }
}

function assisted(name: Words = { zh: '变动', en: 'Changed' }): Words {
  return { zh: `协办：${name.zh}`, en: `Assisting unit: ${name.en}` }
}
