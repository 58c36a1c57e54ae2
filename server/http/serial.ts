import type { TSchema } from 'typebox'

/** Enough of JSON Schema to walk a reply. */
interface Node {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly required?: readonly string[]
  readonly [key: string]: unknown
}

/**
 * The reply schema as the serialiser should see it: still a white list of fields, but without choices to test at run
 * time, which cost more than all the rest. A union of literals is its type, `X or null` is a nullable X, and a union of
 * objects has the fields of all, none of them required.
 */
export function serialSchema(schema: TSchema): Node {
  return walk(schema as Node)
}

function walk(node: Node): Node {
  if (node.anyOf) return joined(node.anyOf)
  if (node.properties) return { ...node, properties: mapValues(node.properties) }
  if (node.items) return { ...node, items: walk(node.items) }
  return node
}

function joined(choices: readonly Node[]): Node {
  const some = choices.filter((choice) => choice.type !== 'null')
  const [first] = some
  if (!first) return { type: 'null' }
  const nullable = some.length < choices.length ? { nullable: true } : {}
  if (some.length === 1) return { ...walk(first), ...nullable }
  if (some.every((choice) => choice.properties)) {
    const properties = Object.assign({}, ...some.map((choice) => choice.properties)) as Record<string, Node>
    return { type: 'object', properties: mapValues(properties), ...nullable }
  }
  if (some.every((choice) => choice.const !== undefined && choice.type === first.type)) {
    return { type: first.type ?? 'string', ...nullable }
  }
  return { anyOf: choices.map(walk) }
}

function mapValues(properties: Readonly<Record<string, Node>>): Record<string, Node> {
  return Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, constless(walk(node))]))
}

/** A merged union may give one field several constants: its type is enough. */
function constless({ const: _const, ...node }: Node): Node {
  return node
}
