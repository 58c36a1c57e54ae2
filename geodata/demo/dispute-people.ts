import type { Random } from './random.ts'

export interface DemoParty {
  readonly part: 'applicant' | 'respondent' | 'other'
  readonly name: string
  readonly phone: string | null
}

const SURNAMES = Array.from('陈王李张刘杨黄赵周吴徐孙朱马胡郭林何高罗')
const MARKS = Array.from('甲乙丙')
const PARTS = ['applicant', 'respondent', 'other'] as const
const NUMBERS = 100_000_000
/** Prime to the number of telephones, so that no two parties get the same. */
const STEP = 34_567_891

/**
 * Parties who cannot be taken for anybody: 陈某0001甲, and telephones of a prefix that does not exist. Each name and number
 * stands for one party of one dispute, so that a test finds wherever they have got to.
 */
export function partiesOf(n: number, rng: Random): DemoParty[] {
  const count = rng.next() < 0.25 ? 3 : 2
  return Array.from({ length: count }, (_, k): DemoParty => {
    const name = `${rng.pick(SURNAMES)}某${String(n + 1).padStart(4, '0')}${MARKS[k] ?? ''}`
    const number = ((n * MARKS.length + k + 1) * STEP) % NUMBERS
    const isKnown = k === 0 || rng.next() < 0.8
    return {
      part: PARTS[k] ?? 'other',
      name,
      phone: isKnown ? `100${String(number).padStart(8, '0')}` : null,
    }
  })
}
