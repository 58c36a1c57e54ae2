import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../db/testing.ts'
import { ROLES, type Role } from './accounts/contract.ts'
import { loadedOf, mayRead } from './casework/actions/load.ts'
import { MOVES, type Move, type MoveOrder } from './casework/contract.ts'
import { decide } from './casework/rules.ts'
import { findCase } from './casework/store.ts'
import { EVENT_STATUSES, type EventStatus } from './events/contract.ts'
import { NOW, post } from './events/testing.ts'
import { as, PEOPLE, peopleToy, PLACES, ROLE_GATE, stand, traces, wholeApp, type Place } from './testing.ts'

/** Bound to the place `own` by their duty. */
const BOUND: readonly Role[] = ['unit-liaison', 'handler', 'grid-worker', 'grid-lead', 'mediator']
/** Roles that have nothing to do with events. */
const APART: readonly Role[] = ['mediator', 'planner', 'administrator', 'auditor']

const UNTIL = new Date(NOW.getTime() + 30 * 86_400_000).toISOString()

/**
 * The embedded database has one connection for all: there the statuses in which a request waits, and one without, say enough,
 * and of each two moves that are allowed.
 */
const STATUSES = {
  postgres: EVENT_STATUSES,
  embedded: ['reported', 'signed', 'handling', 'checking', 'closed'],
} as const

onBothDatabases('the flow over the API', (database, kind) => {
  let app: FastifyInstance
  let target: number
  const standing = new Map<string, number>()

  beforeAll(async () => {
    await peopleToy(database().db)
    app = await wholeApp(database(), ROLE_GATE, () => NOW)
    target = await stand(database().db, 'filed', 'own')
  })
  afterAll(() => app.close())

  const eventIn = async (status: EventStatus, place: Place): Promise<number> => {
    const key = `${status} ${place}`
    const id = standing.get(key) ?? (await stand(database().db, status, place))
    standing.set(key, id)
    return id
  }

  /** What somebody would fill in who may make the move. */
  const orderOf = (move: Move, { work }: ReturnType<typeof loadedOf>['subject'], grid: number): MoveOrder => {
    const reason = '按规定办理'
    const ask = work.requests[0]?.kind ?? 'extend'
    const filled: Partial<Record<Move, Omit<MoveOrder, 'move'>>> = {
      verify: { outcome: 'confirmed' },
      file: { conditionId: work.condition?.id ?? 1 },
      merge: { into: target },
      dispatch: { unit: 'SZ' },
      check: { outcome: 'passed' },
      close: {},
      revisit: { outcome: 'satisfied' },
      askHold: { reason, until: UNTIL },
      askHandover: { reason, gridId: grid === 1 ? 2 : 3 },
      endorse: { ask },
      grant: { ask },
      refuse: { ask, reason },
      supervise: { level: 1, reason },
      important: { on: true },
      reply: { obligationId: work.obligations[0]?.id ?? 1, reason },
    }
    return { move, ...(filled[move] ?? { reason }) }
  }

  const send = (role: Role, id: number, order: MoveOrder, version: number) =>
    post(app, `/api/events/${id}/moves`, { ...order, version }, as(role))

  describe.each(STATUSES[kind])('%s', (status) => {
    test.each(['own', 'foreign'] as const)(
      'every move of every role on an event of %s ground',
      async (place) => {
        const { db } = database()
        let tried = 0
        for (const role of ROLES) {
          const actor = PEOPLE[role]
          const id = await eventIn(status, place)
          const stored = await findCase(db, id)
          if (!stored) throw new Error('no case')
          const loaded = loadedOf(stored)
          const cases = MOVES.map((move) => {
            const order = orderOf(move, loaded.subject, PLACES[place].grid)
            const sees = mayRead(actor, stored)
            return { order, sees, verdict: decide(loaded.subject, order, actor, NOW.getTime()) }
          })
          const refused = cases.filter(({ sees, verdict }) => !sees || !verdict.ok)
          const before = await traces(db)
          const { version } = loaded.subject.event
          const answers = await Promise.all(refused.map(({ order }) => send(role, id, order, version)))
          for (const [n, { statusCode }] of answers.entries()) {
            const { order, sees, verdict } = refused[n] ?? {}
            const expected = expectedOf(role, sees ?? false, verdict)
            expect(statusCode, `${role} ${order?.move}`).toBe(expected)
          }
          expect(await traces(db), `${role} refused`).toEqual(before)
          tried += refused.length
          const allowed = cases.filter(({ sees, verdict }) => sees && verdict.ok)
          for (const { order } of kind === 'postgres' ? allowed : allowed.slice(0, 2)) {
            expect([...BOUND, ...APART].includes(role) && place === 'foreign', `${role} ${order.move}`).toBe(
              false,
            )
            const here = await eventIn(status, place)
            const fresh = await findCase(db, here)
            if (!fresh) throw new Error('no case')
            const again = orderOf(order.move, loadedOf(fresh).subject, PLACES[place].grid)
            const answer = await send(role, here, again, 1)
            expect(answer.statusCode, `${role} ${order.move} ${answer.body}`).toBe(200)
            standing.delete(`${status} ${place}`)
            if (order.move === 'merge') target = await stand(db, 'filed', 'own')
            tried++
          }
        }
        expect(tried).toBeGreaterThan(ROLES.length * (MOVES.length - 8))
      },
    )
  })

  const expectedOf = (role: Role, sees: boolean, verdict?: ReturnType<typeof decide>): number => {
    if (APART.includes(role) || role === 'evaluator') return 403
    if (!sees) return 404
    if (!verdict || verdict.ok) return 200
    return { forbidden: 403, refused: 409, invalid: 400 }[verdict.kind]
  }

  describe('what stands beside an event is no way round', () => {
    const NONE = 7_777_777
    test.each(ROLES)('%s', async (role) => {
      const { db } = database()
      const own = await stand(db, 'handling', 'own')
      const foreign = await stand(db, 'handling', 'foreign')
      for (const tail of ['', '/case', '/near', '/units', '/photos/1', '/photos/1/thumb']) {
        const at = (id: number) => app.inject({ url: `/api/events/${id}${tail}`, headers: as(role) })
        const [mine, theirs, none] = [await at(own), await at(foreign), await at(NONE)]
        if (APART.includes(role)) {
          expect([mine.statusCode, theirs.statusCode, none.statusCode], tail).toEqual([403, 403, 403])
          continue
        }
        expect(none.statusCode).toBe(404)
        if (BOUND.includes(role)) expect([theirs.statusCode, theirs.body], tail).toEqual([404, none.body])
        if (!tail.startsWith('/photos')) expect(mine.statusCode, tail).toBe(200)
      }
      const all = await app.inject({ url: '/api/events?limit=2000', headers: as(role) })
      if (APART.includes(role)) {
        expect(all.statusCode).toBe(403)
        for (const url of ['/api/events/points', '/api/events/export?format=csv']) {
          expect((await app.inject({ url, headers: as(role) })).statusCode, url).toBe(403)
        }
        return
      }
      const { items, total } = all.json() as { items: { id: number; gridId: number | null }[]; total: number }
      const sheet = await app.inject({ url: '/api/events/export?format=csv', headers: as(role) })
      expect(sheet.body.trim().split('\n')).toHaveLength(total + 1)
      expect(sheet.headers['x-row-count']).toBe(String(total))
      expect(items.some(({ id }) => id === own)).toBe(true)
      expect(items.some(({ id }) => id === foreign)).toBe(!BOUND.includes(role))
      const heat = await app.inject({ url: '/api/events/heat', headers: as(role) })
      expect(heat.json().total).toBe(total)
      const search = await app.inject({
        url: `/api/search?text=20260306-${String(foreign).padStart(6, '0')}`,
        headers: as(role),
      })
      expect(search.json()).toHaveLength(BOUND.includes(role) ? 0 : 1)
    })
  })
})
