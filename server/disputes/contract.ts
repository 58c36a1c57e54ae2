import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant } from '../http/contract.ts'
import { Dispute, DisputeClass, DisputeRow, Mediator } from './contract/file.ts'
import {
  DisputeMove,
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
} from './contract/words.ts'

export * from './contract/file.ts'
export * from './contract/words.ts'

const OneTo = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Reason = Type.String({ minLength: 4, maxLength: 500 })
const Note = OneTo(2000)
/** yyyy-mm-dd */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
const Version = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Code = Type.String({ pattern: '^[0-9]{2}$' })

export const listDisputeClasses = endpoint(
  'GET',
  '/api/disputes/classes',
  { reply: Type.Array(DisputeClass) },
  { summary: 'Classes of disputes with their subclasses', policy: 'disputes.read', walled: true },
)

export const switchDisputeClass = endpoint(
  'POST',
  '/api/disputes/classes/:code',
  {
    params: Type.Object({ code: Code }),
    body: Type.Object({ enabled: Type.Boolean() }, { additionalProperties: false }),
    reply: Type.Array(DisputeClass),
  },
  { summary: 'Whether a guarded class takes files; by the director', policy: 'disputes.write' },
)

export const listMediators = endpoint(
  'GET',
  '/api/disputes/mediators',
  { reply: Type.Array(Type.Object({ ...Mediator.properties, open: Type.Integer() })) },
  {
    summary: 'Who may be named as mediator, and how many files each has open',
    policy: 'disputes.read',
    walled: true,
  },
)

export const DisputeFilter = Type.Object(
  {
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('ended')])),
    status: Type.Optional(Type.Array(Status)),
    risk: Type.Optional(Type.Array(Risk)),
    class: Type.Optional(Type.Array(Code)),
    grid: Type.Optional(Type.Array(Id)),
    /** Where whoever asks is the mediator. */
    mine: Type.Optional(Type.Literal('yes')),
    /** A promise is past, or falls due within three days. */
    due: Type.Optional(Type.Union([Type.Literal('late'), Type.Literal('soon')])),
  },
  { additionalProperties: false },
)
export type DisputeFilter = Static<typeof DisputeFilter>

export const listDisputes = endpoint(
  'GET',
  '/api/disputes',
  {
    query: Type.Object(
      {
        ...DisputeFilter.properties,
        sort: Type.Optional(Type.Union([Type.Literal('newest'), Type.Literal('due')])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
        after: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      items: Type.Array(DisputeRow),
      total: Type.Integer(),
      /** How many of the filter without its state stand open, are late, and are red. */
      counts: Type.Object({ open: Type.Integer(), late: Type.Integer(), red: Type.Integer() }),
    }),
  },
  { summary: 'Dispute files by filter, masked', policy: 'disputes.read', walled: true },
)

export const readDispute = endpoint(
  'GET',
  '/api/disputes/:id',
  { params: Type.Object({ id: Id }), reply: Dispute },
  { summary: 'One dispute file, masked', policy: 'disputes.read', walled: true },
)

export const NewParty = Type.Object(
  { part: Part, name: OneTo(40), phone: Type.Optional(Type.String({ pattern: '^[0-9+ -]{5,20}$' })) },
  { additionalProperties: false },
)
export type NewParty = Static<typeof NewParty>

export const NewDispute = Type.Object(
  {
    class: Code,
    subclass: Type.Optional(Code),
    gridId: Id,
    scale: Type.Optional(Scale),
    people: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    signs: Type.Optional(Type.Array(Sign, { maxItems: 5, uniqueItems: true })),
    /** As a person decides; the proposed one if absent. */
    risk: Type.Optional(Risk),
    /** Needed where the risk is lower than proposed. */
    riskReason: Type.Optional(Reason),
    source: Type.Optional(Source),
    summary: Note,
    place: Type.Optional(OneTo(200)),
    parties: Type.Array(NewParty, { minItems: 1, maxItems: 20 }),
  },
  { additionalProperties: false },
)
export type NewDispute = Static<typeof NewDispute>

export const registerDispute = endpoint(
  'POST',
  '/api/disputes',
  { body: NewDispute, reply: DisputeRow },
  { summary: 'Register a dispute', policy: 'disputes.write', status: 201 },
)

export const DisputeOrder = Type.Object(
  {
    move: DisputeMove,
    /** fail, resume, and a lower risk. It is read in the history: no names. */
    reason: Type.Optional(Reason),
    /** session, revisit, document: kept encrypted. */
    note: Type.Optional(Note),
    /** refer */
    referredTo: Type.Optional(Referral),
    /** assign */
    mediatorId: Type.Optional(Id),
    /** session: when it was held; now if absent. */
    at: Type.Optional(Instant),
    /** session */
    session: Type.Optional(SessionOutcome),
    /** agree */
    agreement: Type.Optional(Type.Union([Type.Literal('written'), Type.Literal('oral')])),
    /** agree; today if absent. */
    effectiveOn: Type.Optional(Day),
    /** agree: by when it is to be performed. */
    performBy: Type.Optional(Day),
    /** confirm: both sides ask the court, or do not. */
    confirmation: Type.Optional(Type.Union([Type.Literal('asked'), Type.Literal('declined')])),
    /** extend: new last day. */
    until: Type.Optional(Day),
    /** extend: both sides have agreed to it. */
    consent: Type.Optional(Type.Boolean()),
    /** revisit */
    revisit: Type.Optional(RevisitOutcome),
    /** risk */
    risk: Type.Optional(Risk),
    /** risk: signs as they are now; as before if absent. */
    signs: Type.Optional(Type.Array(Sign, { maxItems: 5, uniqueItems: true })),
    /** party */
    party: Type.Optional(NewParty),
    /** document */
    document: Type.Optional(DocumentKind),
    /** document; today if absent. */
    day: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type DisputeOrder = Static<typeof DisputeOrder>

export const moveDispute = endpoint(
  'POST',
  '/api/disputes/:id/moves',
  {
    params: Type.Object({ id: Id }),
    body: Type.Object({ ...DisputeOrder.properties, version: Version }, { additionalProperties: false }),
    reply: DisputeRow,
  },
  { summary: 'One change to a dispute file, by the version that the person saw', policy: 'disputes.write' },
)

export const revealParty = endpoint(
  'POST',
  '/api/disputes/:id/reveal',
  {
    params: Type.Object({ id: Id }),
    body: Type.Object(
      {
        n: Type.Integer({ minimum: 1, maximum: 1000 }),
        field: Type.Union([Type.Literal('name'), Type.Literal('phone')]),
        reason: Reason,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ value: Type.String() }),
  },
  {
    summary: 'One name or telephone in clear, for a reason; each leaves a line in the audit',
    policy: 'disputes.write',
  },
)
