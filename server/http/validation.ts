import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import type { TSchema } from 'typebox'
import type { Words } from './contract.ts'
import { refuse, type Refusal } from './problems.ts'

// The package is CommonJS; Node and TypeScript disagree on where its function stands.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default

// Nothing is bent: no "120" for 120, no unknown field dropped. `verbose` gives the failing schema to the sentences below.
const ajv = addFormats(
  new Ajv({ coerceTypes: false, removeAdditional: false, allErrors: false, verbose: true }),
)

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')

/**
 * RFC 3339 knows more than clocks and databases here do: a leap second is no Date, and PostgreSQL has no year nought. Either
 * would pass every comparison as NaN, or break in the database.
 */
ajv.addFormat('date-time', (text: string) => isInstant(text) && Date.parse(text) >= EARLIEST)

function isInstant(text: string): boolean {
  const { 'date-time': format } = fullFormats
  if (typeof format !== 'object' || !('validate' in format)) return false
  const validate = format.validate as (text: string) => unknown
  return Boolean(validate(text))
}

export interface Validate {
  (data: unknown): boolean
  errors?: ErrorObject[] | null
}

/** Paths and queries are text by nature: their numbers are read first, and then checked like those of a body. */
export function validator(schema: TSchema, part: string | undefined): Validate {
  const validate: ValidateFunction = ajv.compile(schema)
  if (part === 'body') return validate
  const textual: Validate = (data) => {
    readTexts(schema, data)
    const valid = validate(data)
    textual.errors = validate.errors ?? null
    return valid
  }
  return textual
}

/** Enough of JSON Schema to know a parameter's type. */
interface Parameter {
  readonly type?: string
  readonly items?: Parameter
}

/** Reads the texts of a query in place, as far as they are what its schema wants; one value may stand for a list of one. */
function readTexts(schema: TSchema, data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  const { properties = {} } = schema as { properties?: Record<string, Parameter> }
  for (const [name, parameter] of Object.entries(properties)) {
    const value: unknown = Reflect.get(data, name)
    if (value !== undefined) Reflect.set(data, name, readText(parameter, value))
  }
}

const NUMBER = /^-?[0-9]{1,20}(\.[0-9]{1,30})?(e-?[0-9]{1,2})?$/i

function readText({ type, items }: Parameter, value: unknown): unknown {
  if (type === 'array' && items) return [value].flat().map((item) => readText(items, item))
  const isNumber = type === 'number' || type === 'integer'
  return isNumber && typeof value === 'string' && NUMBER.test(value) ? Number(value) : value
}

/** What is wrong with the first faulty field, as a refusal that names it. `at` is the pointer of what was validated. */
export function refusalOf(errors: readonly ErrorObject[], at = ''): Refusal {
  // The last error is the outermost: for a choice among schemas it names the choice, not its last alternative.
  const error = errors.at(-1)
  if (!error)
    return refuse('invalid-field', { zh: '请求内容有误。', en: 'The request is not valid.' }, { field: at })
  const field = at + pointerOf(error)
  const why = sentenceOf(error)
  const name =
    field === '' ? { zh: '请求内容', en: 'The body' } : { zh: `字段 ${field} `, en: `Field ${field} ` }
  return refuse(
    'invalid-field',
    { zh: `${name.zh}${why.zh}。`, en: `${name.en.trim()} ${why.en}.` },
    { field },
  )
}

function pointerOf({ instancePath, params }: ErrorObject): string {
  const extra: unknown = params['missingProperty'] ?? params['additionalProperty']
  return typeof extra === 'string' ? `${instancePath}/${escapePointer(extra)}` : instancePath
}

function escapePointer(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}

const TYPES: Readonly<Record<string, Words>> = {
  object: { zh: '对象', en: 'an object' },
  array: { zh: '数组', en: 'an array' },
  string: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '布尔值', en: 'true or false' },
  null: { zh: '空值', en: 'null' },
}

type Saying = (params: Record<string, unknown>) => Words

/** One sentence per JSON Schema keyword, to be read after the name of the field. */
const SAYINGS: Readonly<Record<string, Saying>> = {
  required: () => ({ zh: '不能缺少', en: 'is required' }),
  additionalProperties: () => ({ zh: '不是已知字段', en: 'is not a known field' }),
  type: ({ type }) => {
    const name = TYPES[String(type)] ?? { zh: String(type), en: String(type) }
    return { zh: `应为${name.zh}`, en: `must be ${name.en}` }
  },
  minimum: ({ limit }) => ({ zh: `不能小于 ${String(limit)}`, en: `must not be less than ${String(limit)}` }),
  maximum: ({ limit }) => ({
    zh: `不能大于 ${String(limit)}`,
    en: `must not be greater than ${String(limit)}`,
  }),
  minLength: ({ limit }) => ({
    zh: `不能少于 ${String(limit)} 个字`,
    en: `must have at least ${String(limit)} characters`,
  }),
  maxLength: ({ limit }) => ({
    zh: `不能超过 ${String(limit)} 个字`,
    en: `must have at most ${String(limit)} characters`,
  }),
  minItems: ({ limit }) => ({
    zh: `不能少于 ${String(limit)} 项`,
    en: `must have at least ${String(limit)} items`,
  }),
  maxItems: ({ limit }) => ({
    zh: `不能超过 ${String(limit)} 项`,
    en: `must have at most ${String(limit)} items`,
  }),
  pattern: () => ({ zh: '格式不正确', en: 'does not have the right form' }),
  format: ({ format }) =>
    format === 'date-time'
      ? {
          zh: '应为带时区的时间，例如 2026-03-06T16:00:00+08:00',
          en: 'must be an instant with its offset, such as 2026-03-06T16:00:00+08:00',
        }
      : { zh: '格式不正确', en: 'does not have the right form' },
}

function sentenceOf(error: ErrorObject): Words {
  if (error.keyword === 'enum') return oneOf(error.schema)
  if (error.keyword === 'anyOf') return oneOf(constants(error.schema))
  const saying = SAYINGS[error.keyword]
  return saying?.(error.params) ?? { zh: '不符合要求', en: 'is not acceptable' }
}

function constants(choices: unknown): unknown[] {
  return Array.isArray(choices) ? choices.map((choice: { const?: unknown }) => choice.const) : []
}

function oneOf(values: unknown): Words {
  if (!Array.isArray(values) || values.length === 0 || values.includes(undefined)) {
    return { zh: '不符合要求', en: 'is not acceptable' }
  }
  return { zh: `应为 ${values.join('、')} 之一`, en: `must be one of ${values.join(', ')}` }
}
