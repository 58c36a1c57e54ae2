import { courseOf, type Course, type DemoSession, type Risk } from './dispute-course.ts'
import { partiesOf, type DemoParty } from './dispute-people.ts'
import { DOWNGRADED, NOTES, QUARRELS, REVISITED } from './dispute-words.ts'
import type { Random } from './random.ts'

type Sign = 'violence' | 'police' | 'weapon' | 'minor' | 'rounds'
/** A dispute as it went, up to the day of seeding. */
export interface DemoFile extends Course {
  readonly subclass: string
  readonly summary: string
  readonly place: string
  readonly scale: '01' | '02' | '03'
  readonly people: number
  readonly signs: readonly Sign[]
  readonly risk: Risk
  readonly source: 'application' | 'checking' | 'referral' | 'hotline'
  readonly parties: readonly DemoParty[]
  readonly sessions: readonly (DemoSession & { readonly note: string })[]
  readonly documents: readonly { readonly kind: string; readonly at: number; readonly note: string | null }[]
  /** Colour to which it was lowered, with its reason. */
  readonly lowered: { readonly at: number; readonly risk: Risk; readonly reason: string } | null
  /** How the revisits that were due turned out, in their order. */
  readonly revisited: readonly { readonly outcome: keyof typeof REVISITED; readonly note: string }[]
}

interface Bare {
  readonly class: string
  readonly place: string
  readonly registeredAt: number
  readonly closedAt: number | null
}

const HALF_HOUR = 1_800_000

/** Beginnings by how common they are, with the colour that the rules propose for them. */
const BEGINNINGS: readonly (readonly [
  weight: number,
  risk: Risk,
  of: Partial<Pick<DemoFile, 'source' | 'signs' | 'scale' | 'people'>>,
])[] = [
  [24, 'blue', { source: 'checking' }],
  [40, 'yellow', { source: 'application' }],
  [9, 'yellow', { source: 'hotline' }],
  [7, 'yellow', { source: 'referral' }],
  [5, 'orange', { signs: ['police'] }],
  [5, 'orange', { signs: ['rounds'] }],
  [3, 'orange', { signs: ['violence'] }],
  [2, 'orange', { scale: '02', people: 18 }],
  [3, 'red', { signs: ['violence', 'police'] }],
  [2, 'red', { signs: ['police', 'rounds'] }],
]
const TOTAL = BEGINNINGS.reduce((sum, [weight]) => sum + weight, 0)

function beginningOf(rng: Random) {
  let lot = rng.next() * TOTAL
  for (const [weight, risk, of] of BEGINNINGS) {
    lot -= weight
    if (lot < 0) return { risk, ...USUAL, ...of }
  }
  return { risk: 'yellow' as const, ...USUAL }
}

const USUAL = { source: 'application', signs: [], scale: '01', people: 2 } as const

export function fileOf(bare: Bare, n: number, until: number, rng: Random): DemoFile {
  const beginning = beginningOf(rng)
  const parties = partiesOf(n, rng)
  const [subclass, text] = rng.pick(QUARRELS[bare.class] ?? [['99', '@1 与 @2 发生争执。']])
  const said = saying(parties)
  const course = courseOf(bare, beginning.risk, until, rng)
  const isLowered = beginning.risk === 'orange' && rng.next() < 0.2
  const { agreedAt } = course
  const lowered =
    isLowered && agreedAt !== null
      ? { at: agreedAt - HALF_HOUR, risk: 'yellow' as const, reason: said(DOWNGRADED) }
      : null
  const sessions = course.sessions.map(({ at, outcome }) => ({
    at,
    outcome,
    note: said(rng.pick(NOTES[outcome])),
  }))
  return {
    ...beginning,
    ...course,
    people: Math.max(beginning.people, parties.length),
    subclass,
    summary: said(text),
    place: bare.place,
    parties,
    sessions,
    lowered,
    documents: documentsOf(bare, course, said),
    revisited: ['settled', 'settled', rng.next() < 0.15 ? 'unreachable' : 'settled'].map((outcome) => {
      const found = outcome as keyof typeof REVISITED
      return { outcome: found, note: said(REVISITED[found]) }
    }),
  }
}

/** Fills in names and the telephone of the first. */
function saying(parties: readonly DemoParty[]): (text: string) => string {
  const [first, second] = parties
  return (text) =>
    text
      .replaceAll('@1', first?.name ?? '')
      .replaceAll('@2', second?.name ?? '')
      .replaceAll('@T', first?.phone ?? '')
}

function documentsOf(
  { registeredAt }: Bare,
  course: Course,
  said: (text: string) => string,
): DemoFile['documents'] {
  const { assignedAt, sessions, agreedAt, agreement, confirmation, outcome, closedAt } = course
  const last = sessions.at(-1)
  return [
    { kind: 'application', at: registeredAt, note: said('@1 申请调解') },
    ...(assignedAt === null ? [] : [{ kind: 'notice', at: assignedAt, note: null }]),
    ...(assignedAt === null
      ? []
      : [{ kind: 'identity', at: assignedAt, note: said('已核对 @1、@2 身份证件') }]),
    ...(last ? [{ kind: 'mediation', at: last.at, note: null }] : []),
    ...(agreedAt === null || agreement !== 'written'
      ? []
      : [{ kind: 'agreement', at: agreedAt, note: null }]),
    ...(outcome === 'performed' && closedAt !== null
      ? [{ kind: 'performance', at: closedAt, note: said('@2 已履行') }]
      : []),
    ...(confirmation === 'asked' && agreedAt !== null
      ? [{ kind: 'confirmation', at: agreedAt, note: null }]
      : []),
  ]
}
