import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { nearby, unitsFor } from './actions.ts'
import { NOW, conditionOf, play, refusalOf, staffToy, stageOf, type Staff, type Stage } from './testing.ts'

onBothDatabases('who sees what of a case', (database) => {
  let staff: Staff
  let stage: Stage
  beforeAll(async () => {
    staff = await staffToy(database().db, NOW)
    stage = stageOf(database(), staff)
  })

  test('who comes second is told what happened, and who may not see it learns nothing', async () => {
    const one = await stage.begin()
    const other = play(database(), one.row(), stage.now)
    await one.move(staff.acceptor, { move: 'askVerify' })
    const problem = await refusalOf(other.move(staff.shiftLead, { move: 'reject', reason: '重复' }))
    expect(problem).toMatchObject({ type: 'urn:wangge:conflict', field: '/version' })
    expect(problem.detail).toContain('2026-03-06 10:00 受理员已先办理“请求核实”')
    const unseen = await refusalOf(one.move(staff.worker4, { move: 'note', reason: '看看' }))
    const missing = await refusalOf(
      play(database(), { ...one.row(), id: 999_999 }, stage.now).move(staff.worker4, {
        move: 'note',
        reason: '看看',
      }),
    )
    expect(unseen).toEqual(missing)
    expect(await refusalOf(one.move(staff.worker1, { move: 'close' }))).toMatchObject({ status: 403 })
  })

  test('likely duplicates by class, place and time', async () => {
    const spot: [number, number] = [119.907, 32.4472]
    const first = await stage.begin('G4', spot)
    const near = await stage.begin('G4', [spot[0] + 0.0003, spot[1]])
    await stage.begin('G5', spot)
    await stage.begin('G4', [spot[0] + 0.0009, spot[1]])
    const found = await nearby({ db: database().db, actor: staff.acceptor, now: stage.now() }, first.id)
    expect(found.map(({ event, metres }) => [event.id, Math.round(metres)])).toEqual([[near.id, 28]])
    expect(
      await nearby({ db: database().db, actor: staff.worker1, now: stage.now() }, first.id),
    ).toHaveLength(1)
  })

  test('units are suggested by the narrowest routing, then the class, and not first to who has returned it', async () => {
    const { db } = database()
    const one = await stage.begin('01-10')
    const firstThree = async () =>
      (await unitsFor({ db, actor: staff.dispatcher, now: stage.now() }, one.id))
        .slice(0, 3)
        .map(({ unit, rank }) => [unit, rank])
    expect(await firstThree()).toEqual([
      ['HW', 1],
      ['JD', 2],
      ['CG', null],
    ])
    await db.execute(sql`
      insert into routings (category, community, grid_id, unit)
      select '01-10', null, id, 'WY' from grids where code = 'G1' union all select '01-10', 'C1', null, 'SZ'`)
    expect(await firstThree()).toEqual([
      ['WY', 1],
      ['HW', 2],
      ['JD', 3],
    ])
    await one.move(staff.shiftLead, { move: 'file', conditionId: await conditionOf(db, '01-10') })
    await one.move(staff.dispatcher, { move: 'dispatch', unit: 'HW' })
    await one.move(staff.liaisonHW, { move: 'return', reason: '路段不归本所' })
    expect(await firstThree()).toEqual([
      ['WY', 1],
      ['JD', 2],
      ['HW', 3],
    ])
    await db.execute(sql`delete from routings`)
  })
})
