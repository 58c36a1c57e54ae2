import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { ROLES, type Actor } from '../accounts/contract.ts'
import type { Gate } from './session.ts'

/** Somebody with every duty in the whole sub-district but those of units; has no account in any database. */
export const EVERYBODY: Actor = {
  id: 'anonymous',
  account: null,
  name: '测试员',
  duties: ROLES.map((role) => ({ role, bound: { kind: 'subdistrict' }, grids: [] })),
}

/** A door without a lock, for tests of what lies behind it. */
export const OPEN_GATE: Gate = { identify: async () => EVERYBODY, allows: () => true }

/** As much of JSON Schema as our contracts use. */
export interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly format?: string
}

const DAYS = {
  min: new Date('1999-12-25T00:00:00Z'),
  max: new Date('2026-03-07T00:00:00Z'),
  noInvalidDate: true,
}

/** Values that the schema allows. Whether the rules allow them too is another matter. */
export function valuesOf(schema: Schema): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf))
  return BY_TYPE[schema.type ?? '']?.(schema) ?? fc.jsonValue()
}

const BY_TYPE: Readonly<Record<string, (schema: Schema) => Arbitrary<unknown>>> = {
  object: recordOf,
  array: arrayOf,
  string: textOf,
  // Small numbers often name something that is there.
  integer: ({ minimum = -1000, maximum = 1000 }) =>
    fc.oneof(
      fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) }),
      fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 31) }),
    ),
  number: ({ minimum = -200, maximum = 200 }) =>
    fc.oneof(fc.constantFrom(119.905, 32.445), fc.double({ min: minimum, max: maximum, noNaN: true })),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
}

/** A value of an object schema in which one field is missing, of another kind, or not known at all. */
export function oneFieldWrong(schema: Schema): Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {})
  return fc
    .tuple(
      valuesOf(schema),
      fc.constantFrom(...names, 'unheardOf'),
      fc.option(fc.jsonValue(), { nil: undefined }),
    )
    .map(([value, name, other]) => ({ ...(value as object), [name]: other }))
}

function recordOf({ properties = {}, required = [] }: Schema): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, field]) => [name, valuesOf(field)])
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] as never[] })
}

function arrayOf({ items = {}, minItems = 0, maxItems = 3 }: Schema): Arbitrary<unknown> {
  const pair = minItems === 2 && maxItems === 2
  const free = fc.array(valuesOf(items), { minLength: minItems, maxLength: Math.min(maxItems, 3) })
  // Two numbers are a position; most of them should lie where the grids are.
  return pair
    ? fc.oneof({ arbitrary: fc.constant([119.905, 32.445]), weight: 3 }, { arbitrary: free, weight: 1 })
    : free
}

function textOf({ pattern, format, minLength = 0, maxLength = 20 }: Schema): Arbitrary<unknown> {
  if (format === 'date-time') return fc.date(DAYS).map((date) => date.toISOString())
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const known = fc.constantFrom('01-10', '04-96', 'C1', '南街1号', 'G3')
  const any = fc.string({ minLength, maxLength: Math.min(maxLength, 20), unit: 'binary' })
  return maxLength >= 16 ? fc.oneof(known, any) : any
}
