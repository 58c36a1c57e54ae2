import type { NewDispute, Risk, Scale, Sign, Source } from '#contract/disputes'
import { isLower, proposeRisk, type Proposal } from '#rules/disputes'

/** The form as it is being filled in. */
export interface NewDraft {
  /** Class and subclass with a dash between. */
  readonly kind: string | null
  readonly gridId: number | null
  readonly summary: string
  readonly applicant: string
  readonly applicantPhone: string
  readonly respondent: string
  readonly respondentPhone: string
  readonly place: string
  readonly source: Source
  readonly scale: Scale
  readonly people: number
  readonly signs: readonly Sign[]
  /** Null: as the rules propose. */
  readonly risk: Risk | null
  readonly riskReason: string
}

export const NEW_DRAFT: NewDraft = {
  kind: null,
  gridId: null,
  summary: '',
  applicant: '',
  applicantPhone: '',
  respondent: '',
  respondentPhone: '',
  place: '',
  source: 'application',
  scale: '01',
  people: 2,
  signs: [],
  risk: null,
  riskReason: '',
}

export const proposalOf = (draft: NewDraft): Proposal => proposeRisk(draft)

/** Whether the chosen colour is below the proposed one, and so needs a reason. */
export function isLowered(draft: NewDraft): boolean {
  return draft.risk !== null && isLower(draft.risk, proposalOf(draft).risk)
}

export function isComplete(draft: NewDraft): boolean {
  const { kind, gridId, summary, applicant, riskReason } = draft
  if (kind === null || gridId === null || summary.trim() === '' || applicant.trim() === '') return false
  return !isLowered(draft) || riskReason.trim().length >= 4
}

export function bodyOf(draft: NewDraft): NewDispute {
  const [code = '', subclass = ''] = (draft.kind ?? '').split('-')
  const { scale, people, source, risk } = draft
  const [place, riskReason] = [draft.place.trim(), draft.riskReason.trim()]
  return {
    class: code,
    subclass,
    gridId: draft.gridId ?? 0,
    summary: draft.summary.trim(),
    scale,
    people,
    source,
    signs: [...draft.signs],
    parties: [
      partyOf('applicant', draft.applicant, draft.applicantPhone),
      ...(draft.respondent.trim() === ''
        ? []
        : [partyOf('respondent', draft.respondent, draft.respondentPhone)]),
    ],
    ...(place !== '' && { place }),
    ...(risk !== null && { risk }),
    ...(isLowered(draft) && { riskReason }),
  }
}

function partyOf(
  part: 'applicant' | 'respondent',
  name: string,
  phone: string,
): NewDispute['parties'][number] {
  return { part, name: name.trim(), ...(phone.trim() !== '' && { phone: phone.trim() }) }
}
