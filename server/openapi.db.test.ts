import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import * as fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../db/testing.ts'
import { NOW, post } from './events/testing.ts'
import { oneFieldWrong, valuesOf, type Schema } from './http/testing.ts'
import { planToy } from './planning/testing.ts'
import { everything, stand, traces, wholeApp } from './testing.ts'

interface Operation {
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>
  >
}
type Method = 'get' | 'post'
interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, Operation>>>>>
  readonly components: { readonly schemas: { readonly Problem: object } }
}

/** Requests to each route; `npm run soak` sends 500. */
const RUNS = Number(process.env['WANGGE_FUZZ'] ?? 120)

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default
const ajv = new Ajv2020({ strict: true, allErrors: true })
addFormats(ajv)

onBothDatabases('the OpenAPI document', (database) => {
  let app: FastifyInstance
  let document: Document
  const checks = new Map<string, (body: unknown) => void>()

  beforeAll(async () => {
    const { db } = database()
    await planToy(db)
    app = await wholeApp(database(), await everything(db), () => NOW)
    for (const status of ['reported', 'filed', 'signed', 'handled', 'closed'] as const)
      await stand(db, status, 'own')
    document = (await app.inject('/openapi.json')).json()
    const items = Array.from({ length: 30 }, (_, n) => ({
      position: [119.901 + n * 0.0006, 32.445],
      category: '01-10',
      address: '南街1号',
    }))
    await post(app, '/api/events/batch', { items })
  })

  /** A reply against its schema, in which no object may have more fields than are described. */
  const conforms = (schema: object, body: unknown, what: string) => {
    const key = JSON.stringify(schema)
    if (!checks.has(key)) {
      const validate = ajv.compile(closed(schema) as object)
      checks.set(key, (value) => expect(validate(value) ? null : validate.errors, what).toBeNull())
    }
    checks.get(key)?.(body)
  }

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method as Method, operation })),
    )

  test('names every mounted route, once, with unique operation ids', () => {
    expect(document.openapi).toBe('3.1.0')
    const ids = operations().map(
      ({ operation }) => (operation as unknown as { operationId: string }).operationId,
    )
    expect(new Set(ids).size).toBe(ids.length)
    const described = operations()
      .map(({ path, method }) => `${method} ${path}`)
      .toSorted()
    expect(described).toEqual(described.filter((line, n) => described.indexOf(line) === n))
    expect(described).toContain('post /api/events')
    for (const { path, method } of operations()) {
      expect(app.hasRoute({ url: path.replaceAll(/\{(\w+)\}/g, ':$1'), method: method.toUpperCase() })).toBe(
        true,
      )
    }
  })

  test.each([
    '/api/locate?lng=119.91&lat=32.45&accuracyM=50',
    '/api/grids',
    '/api/grids/1',
    '/api/events',
    '/api/events/1',
    '/api/events/heat',
    '/api/events/summary',
    '/api/categories',
    '/api/subdistrict',
    '/api/places/basemap',
    '/api/places/buildings',
    '/api/places/addresses?text=南街',
    '/api/search?text=第1',
    '/api/search?text=南街1号',
  ])('%s answers what it says', async (url) => {
    const answer = await app.inject(encodeURI(url))
    const path = (url.split('?')[0] ?? '').replace(/\/[0-9]+$/, '/{id}')
    const content = document.paths[path]?.get?.responses['200']?.content ?? {}
    const [media = ''] = Object.keys(content)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain(media)
    conforms(content[media]?.schema ?? {}, JSON.parse(answer.body), url)
  })

  describe('holds for whatever is sent', () => {
    const some = async (operation: Operation, path: string, method: Method, runs: number) => {
      const places = operation.parameters.filter((p) => p.in !== 'header')
      const shape: Schema = {
        type: 'object',
        properties: Object.fromEntries(places.map((p) => [p.name, p.schema])),
        required: places.filter((p) => p.required).map((p) => p.name),
      }
      const body = operation.requestBody?.content['application/json']?.schema
      const requests = fc.record({
        params: fc.oneof(valuesOf(shape), oneFieldWrong(shape)) as fc.Arbitrary<Record<string, unknown>>,
        body: body
          ? fc.oneof(valuesOf(body), valuesOf(body), oneFieldWrong(body), fc.jsonValue())
          : operation.requestBody
            ? fc.uint8Array({ minLength: 1, maxLength: 2000 })
            : fc.constant(undefined),
      })
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          const before = await traces(database().db)
          const answer = await send(path, method, request)
          expect(answer.statusCode, answer.body).toBeLessThan(500)
          if (answer.statusCode >= 400) {
            conforms(document.components.schemas.Problem, answer.json(), path)
            expect(answer.json().en.detail.length).toBeGreaterThan(0)
            expect(await traces(database().db), answer.body).toEqual(before)
            return
          }
          const [media = '', reply] =
            Object.entries(operation.responses[String(answer.statusCode)]?.content ?? {})[0] ?? []
          if (media.endsWith('json')) conforms(reply?.schema ?? {}, JSON.parse(answer.body), path)
        }),
        { numRuns: runs },
      )
    }

    const send = (
      path: string,
      method: Method,
      request: { params: Record<string, unknown>; body?: unknown },
    ) => {
      const left = { ...request.params }
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = left[name]
        delete left[name]
        return encodeURIComponent(asText(value)).slice(0, 150)
      })
      const query = Object.fromEntries(
        Object.entries(left).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, [value].flat().map(asText)]],
        ),
      )
      if (method === 'get') return app.inject({ url, query })
      if (request.body instanceof Uint8Array)
        return app.inject({
          method: 'POST',
          url,
          query,
          payload: Buffer.from(request.body),
          headers: PICTURE,
        })
      return post(app, url, request.body === undefined ? '{}' : JSON.stringify(request.body))
    }

    /** An answer without end is what the feed is; its own tests read it. */
    const ENDLESS = '/api/live'
    test('every route, some hundred times', { timeout: 600_000 }, async () => {
      const runs = database().kind === 'postgres' ? RUNS : Math.ceil(RUNS / 10)
      for (const { path, method, operation } of operations()) {
        if (path !== ENDLESS) await some(operation, path, method, runs)
      }
    })
  })
})

const PICTURE = { 'content-type': 'image/jpeg' }

/** A value as part of an address. */
function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.toWellFormed()
}

/** The schema with every object closed. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in inner && inner['type'] === 'object'
    ? { ...inner, additionalProperties: false }
    : inner
}
