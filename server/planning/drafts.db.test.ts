import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { NOW, post } from '../events/testing.ts'
import { as, ROLE_GATE, wholeApp } from '../testing.ts'
import { atomAt, planToy } from './testing.ts'

onBothDatabases('drafts of boundaries', (database) => {
  let app: FastifyInstance
  let other: FastifyInstance

  beforeAll(async () => {
    await planToy(database().db)
    app = await wholeApp(database(), ROLE_GATE, () => NOW)
    other = await wholeApp(database(), ROLE_GATE, () => NOW)
  })
  afterAll(async () => {
    await other.close()
    await app.close()
  })

  const fork = async (name: string, more: object = {}) => {
    const answer = await post(
      app,
      '/api/scenarios',
      { name, from: { kind: 'plan', id: 1 }, ...more },
      as('planner'),
    )
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json()
  }

  test('fork, edit', async () => {
    const made = await fork('城东调整')
    expect(made).toMatchObject({ name: '城东调整', status: 'draft', version: 0, steps: 0, fromName: '现行' })
    const answer = await post(
      app,
      `/api/scenarios/${made.id}/ops`,
      { version: 0, change: { ops: [{ kind: 'paint', atoms: [atomAt(1, 0)], grid: 2 }] } },
      as('planner'),
    )
    expect(answer.json()).toMatchObject({ version: 1 })
  })
})
