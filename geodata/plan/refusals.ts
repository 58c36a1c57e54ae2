import type { Lattice } from '../fabric.ts'
import type { GridKey } from './draft.ts'
import type { RefusalRule, Refused } from './op.ts'

export function refused(
  rule: RefusalRule,
  grids: readonly GridKey[] = [],
  at: Lattice | null = null,
): Refused {
  return { ok: false, rule, grids, at }
}

interface Sentence {
  readonly zh: string
  readonly en: string
}

/** Why it was refused, for the one who tried. */
export function sentenceOf({ rule, grids }: Refused, nameOf: (key: GridKey) => string): Sentence {
  const names = [...new Set(grids)].filter((key) => key !== 0).map(nameOf)
  return SENTENCES[rule]({ zh: names.join('、'), en: names.join(', ') }, names.length)
}

/** The names stand in the order of the refusal; a sentence must also hold where there are none. */
const SENTENCES: Readonly<Record<RefusalRule, (names: Sentence, count: number) => Sentence>> = {
  crossing: (names, count) =>
    count === 0
      ? { zh: '边界线会相交或相碰', en: 'Border lines would cross or touch' }
      : { zh: `${names.zh}的边界线会相交或相碰`, en: `Border lines of ${names.en} would cross or touch` },
  empty: (names, count) =>
    count === 0
      ? { zh: '会有网格失去全部地块', en: 'A grid would be left without ground' }
      : {
          zh: `${names.zh}会失去全部地块；要撤销网格请用“合并”`,
          en: `${names.en} would be left without ground; to end a grid, merge it`,
        },
  parts: (names, count) =>
    count === 0
      ? { zh: '网格会断成几块', en: 'A grid would lie in more than one part' }
      : { zh: `${names.zh}会断成几块`, en: `${names.en} would lie in more than one part` },
  locked: (names, count) =>
    count === 0
      ? { zh: '网格已锁定', en: 'A locked grid stands in the way' }
      : { zh: `${names.zh}已锁定`, en: `${names.en} is locked` },
  community: (names, count) =>
    count === 0
      ? { zh: '网格不能跨村、社区', en: 'A grid may not cross the border of a village or community' }
      : {
          zh: `${names.zh}：网格不能跨村、社区，村、社区界线不能移动`,
          en: `${names.en}: borders of villages and communities stay, and no grid crosses them`,
        },
  outline: () => ({ zh: '街道外界不能移动', en: 'The outline of the sub-district stays' }),
  line: (names, count) =>
    count === 0
      ? { zh: '画的线没有切到地块', en: 'The line does not cut what it should' }
      : { zh: `画的线没有切到${names.zh}`, en: `The line does not cut or meet ${names.en}` },
  unknown: () => ({
    zh: '要改的地块、边界或网格已不存在',
    en: 'What this would change is no longer there',
  }),
  nothing: () => ({ zh: '没有变化', en: 'Nothing would change' }),
  worker: ({ zh, en }, count) =>
    count === 0
      ? { zh: '该网格员已负责另一个网格', en: 'This worker has another grid already' }
      : { zh: `该网格员已负责另一个网格（${zh}）`, en: `This worker has another grid already (${en})` },
  station: (names, count) =>
    count === 0
      ? { zh: '服务站必须在本网格内', en: 'The station must lie in its own grid' }
      : { zh: `服务站必须在${names.zh}内`, en: `The station must lie in ${names.en}` },
}
