import { Type, type Static } from 'typebox'
import { Id, Instant, Words } from '../../http/contract.ts'
import {
  DocumentKind,
  Part,
  Referral,
  RevisitOutcome,
  Risk,
  Scale,
  SessionOutcome,
  Sign,
  Source,
  Status,
} from './words.ts'

export const DisputeClass = Type.Object({
  code: Type.String(),
  name: Words,
  /** For the director alone. */
  guarded: Type.Boolean(),
  /** Takes new files. */
  enabled: Type.Boolean(),
  subclasses: Type.Array(Type.Object({ code: Type.String(), name: Words })),
})
export type DisputeClass = Static<typeof DisputeClass>

/** A party as everybody with the right sees it: 陈**, 100****0123. */
export const MaskedParty = Type.Object({
  n: Type.Integer(),
  part: Part,
  name: Type.String(),
  phone: Type.Union([Type.String(), Type.Null()]),
})
export type MaskedParty = Static<typeof MaskedParty>

/** Which promise falls due next. */
export const Waiting = Type.Union([
  Type.Literal('first-session'),
  Type.Literal('mediation'),
  Type.Literal('performance'),
  Type.Literal('revisit'),
])
export type Waiting = Static<typeof Waiting>

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

export const Mediator = Type.Object({ id: Id, name: Type.String() })
export type Mediator = Static<typeof Mediator>

/** A file in a list. It holds no text that anybody wrote. */
export const DisputeRow = Type.Object({
  id: Id,
  /** `jf-20260306-000012` */
  number: Type.String(),
  class: Type.String(),
  subclass: Type.String(),
  gridId: Id,
  scale: Scale,
  people: Type.Integer(),
  risk: Risk,
  status: Status,
  source: Source,
  registeredAt: Instant,
  closedAt: OrNull(Instant),
  mediator: OrNull(Mediator),
  /** End of the month in which mediation should end, later by consent of both sides. */
  dueAt: Instant,
  next: OrNull(Type.Object({ kind: Waiting, at: Instant })),
  parties: Type.Array(MaskedParty),
  version: Type.Integer(),
})
export type DisputeRow = Static<typeof DisputeRow>

const Session = Type.Object({
  n: Type.Integer(),
  at: Instant,
  mediator: OrNull(Mediator),
  note: OrNull(Type.String()),
  outcome: SessionOutcome,
})

const DisputeDocument = Type.Object({
  n: Type.Integer(),
  kind: DocumentKind,
  day: Type.String(),
  note: OrNull(Type.String()),
})

const Revisit = Type.Object({
  n: Type.Integer(),
  dueAt: Instant,
  doneAt: OrNull(Instant),
  outcome: OrNull(RevisitOutcome),
  note: OrNull(Type.String()),
})

const RiskChange = Type.Object({
  n: Type.Integer(),
  at: Instant,
  by: OrNull(Type.String()),
  risk: Risk,
  /** By the rules, at that time. */
  proposed: Risk,
  reason: OrNull(Type.String()),
})

export const DisputeStep = Type.Object({
  at: Instant,
  step: Type.String(),
  name: Type.Optional(Type.String()),
  role: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
})
export type DisputeStep = Static<typeof DisputeStep>

/** A whole file. In its texts the names and telephones of the parties are masked too. */
export const Dispute = Type.Object({
  ...DisputeRow.properties,
  signs: Type.Array(Sign),
  summary: OrNull(Type.String()),
  place: OrNull(Type.String()),
  referredTo: OrNull(Referral),
  firstDueAt: OrNull(Instant),
  extendedAt: OrNull(Instant),
  agreement: OrNull(
    Type.Object({
      kind: Type.Union([Type.Literal('written'), Type.Literal('oral')]),
      effectiveOn: Type.String(),
      performBy: OrNull(Type.String()),
      /** Last day on which both sides may ask the court to confirm it. */
      confirmUntil: Type.String(),
      confirmation: OrNull(Type.Union([Type.Literal('asked'), Type.Literal('declined')])),
    }),
  ),
  sessions: Type.Array(Session),
  documents: Type.Array(DisputeDocument),
  revisits: Type.Array(Revisit),
  risks: Type.Array(RiskChange),
  steps: Type.Array(DisputeStep),
})
export type Dispute = Static<typeof Dispute>
