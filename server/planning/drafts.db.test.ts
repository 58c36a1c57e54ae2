import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftFrom, drawingOf, type Drawing } from '#geo/plan/drawing'
import { apply, inverseOf, type Patch } from '#geo/plan/patch'
import { onBothDatabases } from '../../db/testing.ts'
import { ROLES, type Role } from '../accounts/contract.ts'
import { NOW, post } from '../events/testing.ts'
import { as, ROLE_GATE, wholeApp } from '../testing.ts'
import type { OpenScenario, PlanOp } from './contract.ts'
import { pathTo } from './rules.ts'
import { atomAt, planToy } from './testing.ts'

const HUGE = 2_147_483_647
const paint = (atom: number, grid: number): PlanOp => ({ kind: 'paint', atoms: [atom], grid })

onBothDatabases('drafts of boundaries', (database) => {
  /** Two processes on one database. */
  let here: FastifyInstance
  let there: FastifyInstance

  beforeAll(async () => {
    await planToy(database().db)
    here = await wholeApp(database(), ROLE_GATE, () => NOW)
    there = await wholeApp(database(), ROLE_GATE, () => NOW)
  })
  afterAll(async () => {
    await there.close()
    await here.close()
  })

  const send = async (
    app: FastifyInstance,
    url: string,
    body: object,
    role: Role = 'planner',
    key?: string,
  ) => {
    const answer = await post(app, url, body, { ...as(role), ...(key && { 'idempotency-key': key }) })
    return { status: answer.statusCode, body: answer.json() }
  }
  const read = async (app: FastifyInstance, id: number) =>
    (await app.inject({ url: `/api/scenarios/${id}`, headers: as('planner') })).json<OpenScenario>()
  const fork = async (more: object = {}) => {
    const { status, body } = await send(here, '/api/scenarios', {
      name: '城东调整',
      from: { kind: 'plan', id: 1 },
      ...more,
    })
    expect(status, JSON.stringify(body)).toBe(201)
    return body as OpenScenario['scenario']
  }
  const change = (app: FastifyInstance, id: number, version: number, what: object, key?: string) =>
    send(app, `/api/scenarios/${id}/ops`, { version, change: what }, 'planner', key)
  /** The labels of a draft, by what the database keeps of it alone. */
  const drawn = async (id: number) => {
    const { base, head } = await read(here, id)
    const log = await database().db.execute<{ seq: number; parent: number; patch: Patch }>(
      sql`select seq, parent, patch from scenario_ops where scenario_id = ${id}`,
    )
    const draft = draftFrom(base as Drawing)
    const patches = new Map(log.rows.map(({ seq, patch }) => [seq, patch]))
    for (const seq of pathTo(new Map(log.rows.map(({ seq: at, parent }) => [at, parent])), head)) {
      const patch = patches.get(seq)
      if (patch) apply(draft, patch)
    }
    return draft
  }
  const ownerOf = async (id: number, atom: number) => (await drawn(id)).labels.get(atom)

  test('a draft is edited, undone and redone by two processes in turn', async () => {
    const { id } = await fork()
    const [a, b] = [atomAt(1, 0), atomAt(2, 1)]
    expect((await change(here, id, 0, { ops: [paint(a, 2)] })).body).toMatchObject({ version: 1, head: 1 })
    expect((await change(there, id, 1, { ops: [paint(b, 1)] })).body).toMatchObject({ version: 2, head: 2 })
    expect((await change(here, id, 2, { undo: 2 })).body).toMatchObject({ version: 3, head: 0, log: [] })
    expect(drawingOf(await drawn(id))).toEqual((await read(there, id)).base)
    expect((await change(there, id, 3, { redo: 1 })).body).toMatchObject({ version: 4, head: 1 })
    expect(await ownerOf(id, a)).toBe(2)
    expect((await change(there, id, 4, { undo: 2 })).status).toBe(409)
    expect((await change(here, id, 4, { redo: 2 })).status).toBe(409)

    // An operation after an undo begins another branch; the old one stays in the log, and redo takes the new one.
    const branch = await change(here, id, 4, { ops: [paint(atomAt(1, 1), 2)] })
    expect(branch.body).toMatchObject({ version: 5, head: 3, log: [{ seq: 3, parent: 1, by: '测试员12' }] })
    await change(there, id, 5, { undo: 2 })
    expect((await change(here, id, 6, { redo: 2 })).body).toMatchObject({ head: 3 })
    const opened = await read(there, id)
    expect(opened.log.map(({ seq, parent }) => [seq, parent])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ])
    expect(opened.scenario).toMatchObject({ version: 7, steps: 2, status: 'draft' })
  })

  test('of two planners on one version one wins, and the other is told what has happened', async () => {
    const { id } = await fork()
    const [mine, theirs] = await Promise.all([
      change(here, id, 0, { ops: [paint(atomAt(1, 0), 2)] }),
      change(there, id, 0, { ops: [paint(atomAt(1, 1), 2)] }),
    ])
    const [won, lost] = mine.status === 200 ? [mine, theirs] : [theirs, mine]
    expect([won.status, lost.status]).toEqual([200, 409])
    expect(lost.body).toMatchObject({ type: 'urn:wangge:conflict', field: '/version', choices: won.body.log })
    expect(lost.body.choices).toHaveLength(1)
    expect(await read(here, id)).toMatchObject({ scenario: { version: 1, steps: 1 } })
    // What was lost is forked: the own side of the conflict on what the other has done.
    const forked = await fork({ from: { kind: 'scenario', id }, ops: [{ kind: 'lock', grid: 3 }] })
    expect(forked).toMatchObject({ from: { kind: 'scenario', id }, version: 1, steps: 1 })
    expect((await read(here, forked.id)).base.atoms).not.toEqual((await read(here, id)).base.atoms)
  })

  test('all operations of a request are done, or none, with the rule, the grids and the place', async () => {
    const { id } = await fork()
    const twice = await change(here, id, 0, { ops: [paint(atomAt(1, 0), 2), paint(atomAt(1, 2), 2)] })
    expect(twice.status).toBe(409)
    expect(twice.body).toMatchObject({
      type: 'urn:wangge:refused',
      field: '/change/ops/1',
      choices: [{ rule: 'community', at: [expect.any(Number), expect.any(Number)] }],
    })
    expect(twice.body.detail).toContain('不能跨村、社区')
    expect(await read(here, id)).toMatchObject({ scenario: { version: 0, steps: 0 }, log: [] })
    // What was done of it has been taken back here too.
    expect((await change(here, id, 0, { ops: [paint(atomAt(1, 0), 2)] })).status).toBe(200)
    expect(await ownerOf(id, atomAt(1, 0))).toBe(2)
  })

  test('what a rolled back transaction leaves in memory is forgotten', async () => {
    const { id } = await fork()
    await change(here, id, 0, { ops: [paint(atomAt(1, 0), 2)] }, 'first')
    // The same key with another body is refused after the operation was done: the transaction is undone.
    const again = await change(here, id, 1, { ops: [paint(atomAt(1, 1), 2)] }, 'first')
    expect(again.body.type).toBe('urn:wangge:key-reused')
    expect(await change(here, id, 0, { ops: [paint(atomAt(1, 0), 2)] }, 'first')).toMatchObject({
      status: 200,
    })
    expect((await change(there, id, 1, { ops: [paint(atomAt(0, 1), 3)] })).body.choices[0].rule).toBe(
      'community',
    )
    expect((await change(here, id, 1, { ops: [paint(atomAt(1, 1), 2)] })).body).toMatchObject({
      version: 2,
      head: 2,
    })
    const draft = await drawn(id)
    const log = await database().db.execute<{ patch: Patch }>(
      sql`select patch from scenario_ops where scenario_id = ${id} order by seq desc`,
    )
    for (const { patch } of log.rows) apply(draft, inverseOf(patch))
    expect(drawingOf(draft)).toEqual((await read(here, id)).base)
  })

  test.each<[string, object, number]>([
    ['coordinates without end', { ops: [{ kind: 'move-node', node: 0, to: [HUGE, -HUGE - 1] }] }, 409],
    ['a node that is not there', { ops: [{ kind: 'move-node', node: HUGE, to: [0, 0] }] }, 409],
    ['an index below all', { ops: [{ kind: 'add-vertex', arc: 0, index: -HUGE, at: [0, 0] }] }, 409],
    ['a station in the sea', { ops: [{ kind: 'station', grid: 1, at: [HUGE, HUGE] }] }, 409],
    [
      'a split across the globe',
      {
        ops: [
          {
            kind: 'split',
            grid: 1,
            line: [
              [-HUGE, -HUGE],
              [HUGE, HUGE],
            ],
            name: 'x',
            nameEn: 'x',
          },
        ],
      },
      409,
    ],
    [
      'a line of one point many times',
      { ops: [{ kind: 'reshape', grids: [1, 2], line: Array(500).fill([0, 0]) }] },
      409,
    ],
    ['a worker who is not there', { ops: [{ kind: 'edit', grid: 1, worker: 4_000_000_000_000 }] }, 400],
    ['half a lattice step', { ops: [{ kind: 'move-node', node: 0, to: [0.5, 0] }] }, 400],
    ['beyond the lattice', { ops: [{ kind: 'move-node', node: 0, to: [HUGE + 1, 0] }] }, 400],
    ['too many', { ops: Array(501).fill({ kind: 'lock', grid: 1 }) }, 400],
    ['five hundred of which the second is refused', { ops: Array(500).fill({ kind: 'lock', grid: 1 }) }, 409],
    ['two kinds of change', { ops: [{ kind: 'lock', grid: 1 }], undo: 1 }, 400],
    ['no operation known', { ops: [{ kind: 'explode', grid: 1 }] }, 400],
    ['back beyond the fork', { undo: 10_000 }, 409],
  ])('%s', async (_what, what, status) => {
    const { id } = await fork()
    const answer = await change(here, id, 0, what)
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(answer.body.detail).toMatch(/\p{Script=Han}/u)
    expect((await read(here, id)).scenario.version).toBe(0)
  })

  test('only planners draw; those who may read look and comment; others see nothing', async () => {
    const { id } = await fork()
    const readers: readonly Role[] = ['director', 'commander', 'shift-lead', 'planner']
    const note = { position: [119.905, 32.445], text: '此处为学校' }
    for (const role of ROLES) {
      const may = readers.includes(role)
      for (const url of ['/api/plans', `/api/scenarios/${id}`, '/api/plans/1/drawing', '/api/planning/sites'])
        expect((await here.inject({ url, headers: as(role) })).statusCode, `${role} ${url}`).toBe(
          may ? 200 : 403,
        )
      expect((await send(here, `/api/scenarios/${id}/comments`, note, role)).status, role).toBe(
        may ? 201 : 403,
      )
      if (role === 'planner') continue
      const edits = [
        send(here, '/api/scenarios', { name: 'x', from: { kind: 'plan', id: 1 } }, role),
        send(here, `/api/scenarios/${id}/ops`, { version: 0, change: { undo: 1 } }, role),
        send(here, `/api/scenarios/${id}/name`, { name: 'x' }, role),
        ...(role === 'director'
          ? []
          : [send(here, `/api/scenarios/${id}/moves`, { move: 'approve', version: 0 }, role)]),
      ]
      for (const { status } of await Promise.all(edits)) expect(status, role).toBe(403)
    }
    const comments = await here.inject({ url: `/api/scenarios/${id}/comments`, headers: as('director') })
    const [first] = comments.json()
    const settled = await send(here, `/api/scenarios/${id}/comments/${first.id}/resolve`, {}, 'director')
    expect(settled.body).toMatchObject({ text: '此处为学校', resolvedBy: '测试员1', position: note.position })
    expect((await read(here, id)).scenario).toMatchObject({ version: 0, comments: readers.length - 1 })
    for (const url of [`/api/scenarios/${HUGE}`, `/api/plans/${HUGE}/drawing`])
      expect((await here.inject({ url, headers: as('planner') })).statusCode).toBe(404)
  })

  test('each change is one line that those with plans.read hear, without what was drawn or said', async () => {
    const { id } = await fork()
    await change(here, id, 0, { ops: [paint(atomAt(1, 0), 2)] })
    await send(here, `/api/scenarios/${id}/name`, { name: '城东二稿' })
    const steps = await database().db.execute<{ step: string; audience: string[]; role: string }>(
      sql`select step, audience, role from steps where subject = ${`scenario/${id}`} order by xid, seq`,
    )
    expect(steps.rows).toEqual(
      ['forked', 'edited', 'renamed'].map((verb) => ({
        step: `scenario.${verb}`,
        audience: ['plans'],
        role: 'planner',
      })),
    )
  })
})
