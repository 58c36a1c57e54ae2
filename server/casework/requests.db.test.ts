import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import type { Actor } from '../accounts/contract.ts'
import { readWhole } from '../events/actions.ts'
import { NOW, later, refusalOf, staffToy, stageOf, stepsOf, type Staff, type Stage } from './testing.ts'

onBothDatabases('what is asked and decided', (database) => {
  let staff: Staff
  let stage: Stage
  beforeAll(async () => {
    staff = await staffToy(database().db, NOW)
    stage = stageOf(database(), staff)
  })

  test('an extension passes two stages and moves the promise and the lead by the limit', async () => {
    const one = await stage.inHand('G3')
    await one.move(staff.handlerHW, { move: 'askExtend', reason: '等待配件' })
    expect(one.row().asks).toEqual(['extend'])
    expect(await refusalOf(one.move(staff.dispatcher, { move: 'grant', ask: 'extend' }))).toMatchObject({
      status: 409,
    })
    await one.move(staff.liaisonHW, { move: 'endorse', ask: 'extend' })
    const before = one.row().dueAt
    await one.move(staff.dispatcher, { move: 'grant', ask: 'extend' })
    expect([before, one.row().dueAt]).toEqual(['2026-03-13T02:00:00.000Z', '2026-03-20T02:00:00.000Z'])
    const { extensions, assignments } = await stage.caseOf(one.id)
    expect(extensions).toBe(1)
    expect(assignments.map(({ dueAt }) => dueAt)).toEqual([
      '2026-03-20T02:00:00.000Z',
      '2026-03-13T02:00:00.000Z',
    ])
    await one.move(staff.liaisonHW, { move: 'askExtend', reason: '仍缺' })
    await one.move(staff.dispatcher, { move: 'refuse', ask: 'extend', reason: '不再等待' })
    await one.move(staff.liaisonHW, { move: 'askExtend', reason: '到货推迟' })
    await one.move(staff.dispatcher, { move: 'grant', ask: 'extend' })
    expect(one.row().dueAt).toBe('2026-03-27T02:00:00.000Z')
    expect(await refusalOf(one.move(staff.liaisonHW, { move: 'askExtend', reason: '再延' }))).toMatchObject({
      status: 409,
    })
  })

  test('a hold stops the clock and waking lets it go on where it stood', async () => {
    const one = await stage.inHand('G3')
    const until = '2026-05-01T00:00:00.000Z'
    await one.move(staff.liaisonHW, { move: 'askHold', reason: '待汛期后', until })
    stage.setClock(later(60))
    await one.move(staff.director, { move: 'grant', ask: 'hold' })
    expect(one.row()).toMatchObject({ status: 'held', stageDueAt: null })
    stage.setClock(new Date(later(60).getTime() + 7 * 86_400_000))
    await one.move(staff.dispatcher, { move: 'wake' })
    expect(one.row()).toMatchObject({ status: 'signed', dueAt: '2026-03-20T02:00:00.000Z' })
    const again = one.move(staff.liaisonHW, { move: 'askHold', reason: '再挂', until })
    expect((await refusalOf(again)).detail).toContain('一次')
  })

  test('a hand-over needs both grids, and only a neighbour can take it', async () => {
    const { db } = database()
    const grids = await db.execute<{ code: string; id: number }>(sql`select code, id from grids`)
    const idOf = (code: string) => grids.rows.find((grid) => grid.code === code)?.id ?? 0
    const one = await stage.begin()
    const far = one.move(staff.worker1, { move: 'askHandover', reason: '不在本格', gridId: idOf('G9') })
    expect(await refusalOf(far)).toMatchObject({ status: 400, field: '/gridId' })
    await one.move(staff.acceptor, { move: 'askHandover', reason: '靠近界线', gridId: idOf('G2') })
    expect(await refusalOf(one.move(staff.worker2, { move: 'grant', ask: 'handover' }))).toMatchObject({
      status: 409,
    })
    const seen = (actor: Actor) =>
      readWhole({ db, actor, now: stage.now() }, one.id).then(
        () => true,
        () => false,
      )
    expect([await seen(staff.worker2), await seen(staff.worker4)]).toEqual([true, false])
    await one.move(staff.worker1, { move: 'endorse', ask: 'handover' })
    expect(await refusalOf(one.move(staff.worker4, { move: 'grant', ask: 'handover' }))).toMatchObject({
      status: 404,
    })
    await one.move(staff.worker2, { move: 'grant', ask: 'handover' })
    expect(one.row()).toMatchObject({ gridId: idOf('G2'), rule: 'person', asks: [] })
    const heard = await db.execute<{ audience: string[] }>(sql`
      select audience from steps where subject = ${`event/${one.id}`} and step = 'event.handover-granted'`)
    expect(heard.rows[0]?.audience).toEqual(
      expect.arrayContaining([`grid/${idOf('G1')}`, `grid/${idOf('G2')}`]),
    )
  })

  test('a merge keeps both histories and carries what was promised; the chain stays flat', async () => {
    const [a, b, c] = [await stage.begin(), await stage.begin(), await stage.begin()]
    await a.move(staff.acceptor, { move: 'merge', into: b.id })
    expect(a.row()).toMatchObject({ status: 'merged', closedAt: NOW.toISOString() })
    expect(await refusalOf(c.move(staff.acceptor, { move: 'merge', into: a.id }))).toMatchObject({
      status: 409,
    })
    expect(await refusalOf(c.move(staff.acceptor, { move: 'merge', into: c.id }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(c.move(staff.acceptor, { move: 'merge', into: 999_999 }))).toMatchObject({
      status: 400,
    })
    await b.move(staff.acceptor, { move: 'merge', into: c.id })
    const work = await stage.caseOf(c.id)
    expect(work.mergedFrom).toEqual([a.id, b.id])
    expect(new Set(work.obligations.map(({ eventId }) => eventId))).toEqual(new Set([a.id, b.id, c.id]))
    expect(await stepsOf(database().db, b.id)).toEqual(['event.reported', 'event.absorbed', 'event.merged'])
    expect(await stepsOf(database().db, a.id)).toEqual(['event.reported', 'event.merged', 'event.redirected'])
    const owed = work.obligations.find(({ eventId }) => eventId === a.id)?.id ?? 0
    await c.move(staff.acceptor, { move: 'reply', obligationId: owed, reason: '已合并办理' })
    expect((await stage.caseOf(c.id)).obligations.find(({ id }) => id === owed)).toMatchObject({
      reply: '已合并办理',
    })
    expect(
      await refusalOf(c.move(staff.acceptor, { move: 'reply', obligationId: owed, reason: '再次' })),
    ).toMatchObject({
      status: 409,
    })
  })
})
