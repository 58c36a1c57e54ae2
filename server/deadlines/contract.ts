import { Type, type Static } from 'typebox'
import { endpoint, Id, Instant, Words } from '../http/contract.ts'

/** Limit units: `u` runs through nights and holidays, `w` counts working time only; hours or days (1 wd = 8 wh). */
export const LIMIT_UNITS = ['uh', 'ud', 'wh', 'wd'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]
export const LimitUnit = Type.Enum(LIMIT_UNITS, { type: 'string' })

/** `elapsed` counts from the very instant; `next_day` whole days from the day after, due at the midnight that ends the last. */
export const COUNTINGS = ['elapsed', 'next_day'] as const
export type Counting = (typeof COUNTINGS)[number]
export const Counting = Type.Enum(COUNTINGS, { type: 'string' })

export const Limit = Type.Object(
  { amount: Type.Integer({ minimum: 1, maximum: 1000 }), unit: LimitUnit, counting: Counting },
  { additionalProperties: false },
)
export type Limit = Static<typeof Limit>

/** Share of the limit that is left when the light turns amber. */
const AmberShare = Type.Number({ minimum: 0.01, maximum: 0.99 })

/** yyyy-mm-dd in China. */
const DayText = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** Hours after midnight, such as [[8, 12], [14, 18]]. */
const OfficeHours = Type.Array(
  Type.Array(Type.Number({ minimum: 0, maximum: 24 }), { minItems: 2, maxItems: 2 }),
  { minItems: 1, maxItems: 4 },
)

/**
 * One year of the working calendar. `notice` follows the State Council's notice; `provisional` is the office's own guess until
 * the notice comes out: deadlines count by it and say so, and the alarm stands.
 */
export const CalendarYear = Type.Object({
  year: Type.Integer({ minimum: 2000, maximum: 2100 }),
  version: Type.Integer({ minimum: 1 }),
  kind: Type.Union([Type.Literal('notice'), Type.Literal('provisional')]),
  /** Weekdays off. */
  off: Type.Array(DayText),
  /** Make-up workdays (调休) at week-ends. */
  work: Type.Array(DayText),
  hours: OfficeHours,
  /** Name of the notice, or why an administrator changed the year. */
  reason: Type.String(),
})
export type CalendarYear = Static<typeof CalendarYear>

/** A stretch of days or hours as the clock counted it; `counted` in milliseconds, or in days for next_day. */
export const Span = Type.Object({
  from: Instant,
  to: Instant,
  /** `working` and `running` time counts; `off` and `paused` does not. */
  kind: Type.Union([
    Type.Literal('working'),
    Type.Literal('running'),
    Type.Literal('off'),
    Type.Literal('paused'),
  ]),
  counted: Type.Number(),
})
export type Span = Static<typeof Span>

/** Why a promise falls due when it does, kept with it: a later rule or calendar changes nothing. */
export const Why = Type.Object({
  /** From when the clock counts. */
  start: Instant,
  limit: Limit,
  amberShare: AmberShare,
  /** Filing condition and version that set the limit; null where the class's urgency did. */
  rule: Type.Union([Type.String(), Type.Null()]),
  /** Calendar years and versions used, such as `2026.1`; `2027.1?` is provisional. */
  calendars: Type.Array(Type.String()),
  spans: Type.Array(Span),
  /** Each extension moved the deadline by this limit again. */
  extensions: Type.Array(Type.Object({ from: Instant, to: Instant })),
})
export type Why = Static<typeof Why>

/** A filing condition of an event class: the limit hangs here. Immutable; a change makes the next version. */
export const Condition = Type.Object({
  id: Id,
  category: Type.String(),
  /** Within the class, from 1; the first is assumed until filing. */
  ordinal: Type.Integer(),
  version: Type.Integer(),
  text: Words,
  closing: Words,
  limit: Limit,
  urgency: Type.Union([
    Type.Literal('urgent'),
    Type.Literal('fast'),
    Type.Literal('normal'),
    Type.Literal('long'),
  ]),
  amberShare: AmberShare,
  /** Metres and hours within which a report of the same class is taken for a likely duplicate. */
  nearM: Type.Integer({ minimum: 0, maximum: 5000 }),
  nearHours: Type.Integer({ minimum: 0, maximum: 8760 }),
  /** What handling must show. */
  proof: Type.Union([Type.Literal('none'), Type.Literal('photo')]),
})
export type Condition = Static<typeof Condition>

export const listConditions = endpoint(
  'GET',
  '/api/conditions',
  { reply: Type.Array(Condition) },
  { summary: 'Filing conditions in force, by class', policy: 'rules.read' },
)

const { id: _id, version: _version, ...conditionFields } = Condition.properties

const Text = Type.String({ minLength: 1, maxLength: 200 })
const Texts = Type.Object({ zh: Text, en: Text }, { additionalProperties: false })

/** A condition as it is written: by (category, ordinal) it replaces the one in force. */
export const ConditionDraft = Type.Object(
  {
    ...conditionFields,
    category: Type.String({ minLength: 1, maxLength: 16 }),
    ordinal: Type.Integer({ minimum: 1, maximum: 99 }),
    text: Texts,
    closing: Texts,
  },
  { additionalProperties: false },
)
export type ConditionDraft = Static<typeof ConditionDraft>

const Reason = Type.String({ minLength: 1, maxLength: 500 })

export const saveConditions = endpoint(
  'POST',
  '/api/conditions',
  {
    body: Type.Object(
      {
        items: Type.Array(ConditionDraft, { minItems: 1, maxItems: 1000 }),
        reason: Reason,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ changed: Type.Integer(), unchanged: Type.Integer() }),
  },
  { summary: 'New versions of filing conditions; promises already made keep theirs', policy: 'rules.write' },
)

const Sheet = Type.Union([Type.Literal('csv'), Type.Literal('xlsx')])
export type Sheet = Static<typeof Sheet>

export const exportConditions = endpoint(
  'GET',
  '/api/conditions/export',
  { query: Type.Object({ format: Sheet }, { additionalProperties: false }), reply: Type.Unknown() },
  {
    summary: 'The conditions in force as a file that can be imported again',
    policy: 'rules.read',
    media: 'text/csv',
  },
)

const ImportedRow = Type.Object({
  /** As a spreadsheet numbers it: the headings are the first. */
  row: Type.Integer(),
  category: Type.String(),
  ordinal: Type.Integer(),
})

export const importConditions = endpoint(
  'POST',
  '/api/conditions/import',
  {
    body: Type.Object(
      {
        format: Sheet,
        /** The file: base64 of its bytes, or for CSV its text. */
        content: Type.String({ minLength: 1 }),
        encoding: Type.Optional(Type.Union([Type.Literal('text'), Type.Literal('base64')])),
        reason: Reason,
        /** Says what would change, and changes nothing. */
        dryRun: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      changed: Type.Array(
        Type.Object({
          ...ImportedRow.properties,
          version: Type.Integer(),
          /** What differs from the version in force, as JSON pointers; empty for a new condition. */
          fields: Type.Array(Type.String()),
        }),
      ),
      unchanged: Type.Array(ImportedRow),
      rejected: Type.Array(
        Type.Object({
          row: Type.Integer(),
          /** JSON pointer; empty for the row as a whole. */
          field: Type.String(),
          /** Heading of the column. */
          column: Type.String(),
          reason: Words,
        }),
      ),
    }),
  },
  {
    summary:
      'Conditions from a file: rows that are good and differ become new versions, the others are named',
    policy: 'rules.write',
  },
)
export type ImportAnswer = Static<(typeof importConditions)['shape']['reply']>

export const listCalendars = endpoint(
  'GET',
  '/api/calendars',
  {
    reply: Type.Object({
      years: Type.Array(CalendarYear),
      /** Years whose notice is missing and that deadlines will soon reach; non-empty from 1 November on. */
      alarm: Type.Array(Type.Integer()),
    }),
  },
  { summary: 'The working calendar in force, and the years that it lacks', policy: 'rules.read' },
)

const { version: _v, ...yearFields } = CalendarYear.properties

export const saveCalendar = endpoint(
  'POST',
  '/api/calendars',
  {
    body: Type.Object({ ...yearFields, reason: Reason }, { additionalProperties: false }),
    reply: CalendarYear,
  },
  { summary: 'A new version of a year; promises already made keep theirs', policy: 'rules.write' },
)
