import type { TSchema } from 'typebox'
import { FILES } from './body.ts'
import { Problem, type Endpoint } from './contract.ts'

/** The endpoints as an OpenAPI 3.1 document; their schemas are JSON Schema and stand in it as they are. */
export function openApi(endpoints: readonly Endpoint[], info: { title: string; version: string }) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: { schemas: { Problem }, securitySchemes: { session: SESSION } },
  }
}

function operation(endpoint: Endpoint) {
  const { params, query, body, reply } = endpoint.shape
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    parameters: [
      ...parameters('path', params),
      ...parameters('query', query),
      ...(endpoint.method === 'POST' ? [IDEMPOTENCY_KEY] : []),
    ],
    security: endpoint.policy === 'public' ? [] : [{ session: [] }],
    /** The right that the session's account must have; who has it, says accounts/rules. */
    'x-policy': endpoint.policy,
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(endpoint.upload && { requestBody: { required: true, content: PICTURE } }),
    responses: {
      [endpoint.status ?? 200]: {
        description: 'Done',
        content: { [endpoint.media ?? 'application/json']: { schema: reply } },
      },
      default: PROBLEM,
    },
  }
}

const SESSION = { type: 'apiKey', in: 'cookie', name: 'wangge', description: '__Host-wangge over TLS' }

const BYTES = { type: 'string', contentEncoding: 'binary' }
const PICTURE = Object.fromEntries(FILES.map((media) => [media, { schema: BYTES }]))

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Same key and same body: the first answer again. Same key and another body: 409.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const PROBLEM = {
  description: 'Refused, in Chinese and English (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function parameters(place: 'path' | 'query', shape: Endpoint['shape']['query']) {
  if (!shape) return []
  const required = new Set<string>(shape.required ?? [])
  return Object.entries(shape.properties).map(([name, schema]: [string, TSchema]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema,
  }))
}

/** `getEventsPoints`, `postEventsIdPlace`: stable as long as the address is. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split('/').filter((word) => word !== '' && word !== 'api')
  const parts = words
    .map((word) => word.replaceAll(/\W/g, ''))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return method.toLowerCase() + parts.join('')
}
