import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import {
  NOW,
  conditionOf,
  later,
  photograph,
  refusalOf,
  staffToy,
  stageOf,
  stepsOf,
  type Staff,
  type Stage,
} from './testing.ts'

onBothDatabases('the flow of a case', (database) => {
  let staff: Staff
  let stage: Stage
  beforeAll(async () => {
    staff = await staffToy(database().db, NOW)
    stage = stageOf(database(), staff)
  })

  test('from the report to the revisit, with a check that fails and one that passes', async () => {
    const one = await stage.begin('01-10')
    const { db } = database()
    await one.move(staff.acceptor, { move: 'askVerify' }, later(1))
    expect(one.row()).toMatchObject({ status: 'verifying', stageDueAt: later(31).toISOString() })
    await one.move(staff.worker1, { move: 'verify', outcome: 'confirmed' }, later(5))
    await one.move(staff.shiftLead, { move: 'file', conditionId: await conditionOf(db, '01-10') }, later(6))
    expect(one.row()).toMatchObject({ status: 'filed', dueAt: '2026-03-06T08:00:00.000Z' })
    await one.move(staff.dispatcher, { move: 'dispatch', unit: 'HW', assist: ['CG'] }, later(10))
    expect(one.row()).toMatchObject({ status: 'dispatched', units: ['HW', 'CG'] })
    await one.move(staff.liaisonHW, { move: 'sign' }, later(12))
    await one.move(staff.liaisonCG, { move: 'sign' }, later(13))
    expect(one.row().status).toBe('signed')
    await one.move(staff.handlerHW, { move: 'start' }, later(14))
    expect(
      await refusalOf(one.move(staff.handlerHW, { move: 'handle', reason: '已清运' }, later(20))),
    ).toMatchObject({
      status: 409,
    })
    await photograph(db, one.id, 'after', later(21))
    await one.move(staff.handlerHW, { move: 'handle', reason: '已清运' }, later(22))
    await one.move(staff.handlerCG, { move: 'handle', reason: '已巡查' }, later(23))
    expect(one.row().status).toBe('handled')
    await one.move(staff.acceptor, { move: 'askCheck' }, later(30))
    await one.move(staff.worker1, { move: 'check', outcome: 'failed', reason: '仍有残留' }, later(35))
    expect(one.row().status).toBe('handling')
    expect(await refusalOf(one.move(staff.shiftLead, { move: 'close' }, later(36)))).toMatchObject({
      status: 409,
    })
    const again = one.move(staff.handlerHW, { move: 'handle', reason: '重新清运' }, later(40))
    expect((await refusalOf(again)).detail).toContain('照片')
    await photograph(db, one.id, 'after', later(41))
    await one.move(staff.handlerHW, { move: 'handle', reason: '重新清运' }, later(42))
    await one.move(staff.acceptor, { move: 'askCheck' }, later(43))
    await one.move(staff.worker1, { move: 'check', outcome: 'passed' }, later(44))
    expect(await stage.caseOf(one.id)).toMatchObject({ checkedAt: later(44).toISOString(), reworks: 1 })
    await one.move(staff.shiftLead, { move: 'close' }, later(50))
    expect(one.row()).toMatchObject({
      status: 'closed',
      closedAt: later(50).toISOString(),
      units: ['HW', 'CG'],
    })
    await one.move(staff.acceptor, { move: 'revisit', outcome: 'satisfied' }, later(60))
    expect(one.row().status).toBe('revisited')
    expect(await stepsOf(db, one.id)).toEqual(
      [
        'reported verify-asked verified filed dispatched signed signed-assist started handled handled-assist',
        'check-asked checked handled check-asked checked closed revisited',
      ].flatMap((line) => line.split(' ').map((step) => `event.${step}`)),
    )
    const { assignments } = await stage.caseOf(one.id)
    expect(assignments).toMatchObject([
      { unit: 'HW', part: 'lead', ending: 'closed', reworks: 1, sentBackAt: later(35).toISOString() },
      { unit: 'CG', part: 'assist', ending: 'closed', reworks: 0 },
    ])
  })

  test('the clock of a filing starts at the report, whatever condition is found', async () => {
    const one = await stage.begin('01-01')
    expect(one.row().dueAt).toBe('2026-03-08T02:00:00.000Z')
    stage.setClock(later(60 * 24))
    await one.move(staff.shiftLead, {
      move: 'file',
      conditionId: await conditionOf(database().db, '01-01', 2),
    })
    expect(one.row().dueAt).toBe('2026-03-27T02:00:00.000Z')
    expect((await stage.caseOf(one.id)).why).toMatchObject({
      start: NOW.toISOString(),
      limit: { amount: 15, unit: 'wd' },
    })
  })

  test('a return erases nothing, and the dispatcher dispatches anew', async () => {
    const one = await stage.inHand()
    await one.move(staff.liaisonHW, { move: 'return', reason: '不属本单位职责' })
    expect(one.row()).toMatchObject({ status: 'returned', units: [] })
    expect(await refusalOf(one.move(staff.shiftLead, { move: 'close' }))).toMatchObject({ status: 409 })
    await one.move(staff.dispatcher, { move: 'dispatch', unit: 'CG' })
    expect((await stage.caseOf(one.id)).assignments).toMatchObject([
      { unit: 'HW', ending: 'returned' },
      { unit: 'CG', part: 'assist', ending: 'recalled' },
      { unit: 'CG', part: 'lead', ending: null },
    ])
  })

  test('late, closed, appealed, unsatisfied, reopened: each by another hand', async () => {
    const one = await stage.inHand('G3')
    stage.setClock(new Date(NOW.getTime() + 30 * 86_400_000))
    await one.move(staff.liaisonHW, { move: 'handle', reason: '已办' })
    await one.move(staff.shiftLead, { move: 'close' })
    await one.move(staff.liaisonHW, { move: 'askAppeal', reason: '暴雨停工' })
    await one.move(staff.dispatcher, { move: 'endorse', ask: 'appeal' })
    await one.move(staff.acceptor, { move: 'grant', ask: 'appeal' })
    expect((await stage.caseOf(one.id)).unscored).toBe(true)
    expect(await refusalOf(one.move(staff.liaisonHW, { move: 'askAppeal', reason: '再诉' }))).toMatchObject({
      status: 409,
    })
    await one.move(staff.acceptor, { move: 'revisit', outcome: 'unsatisfied', reason: '异味仍在' })
    expect(one.row()).toMatchObject({ status: 'revisited', asks: ['reopen'] })
    await one.move(staff.director, { move: 'reopen' })
    expect(one.row()).toMatchObject({ status: 'filed', closedAt: null, asks: [], units: [] })
    expect(Date.parse(one.row().dueAt)).toBeGreaterThan(stage.now().getTime())
    expect(await stage.caseOf(one.id)).toMatchObject({ reopened: 1, unscored: false })
  })
})
