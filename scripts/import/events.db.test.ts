import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { onBothDatabases } from '../../db/testing.ts'
import { locateAll } from '../../server/grids/actions.ts'
import { events, grids, LIUXI, SAMPLES } from './importing-testing.ts'
import { openTable } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-import-'))
afterAll(() => rmSync(folder, { recursive: true }))
const place = (name: string): string => join(folder, name)

interface Row {
  [column: string]: unknown
}

function write(name: string, ...lines: readonly string[]): string {
  writeFileSync(place(name), lines.join('\n'))
  return place(name)
}

const HEAD = '事件类别,上报时间,经度,纬度'
const LINE = '暴露垃圾,2026-03-06 16:05,119.9010,32.4010'

onBothDatabases('events of one’s own', (database) => {
  const query = async (text: ReturnType<typeof sql>): Promise<readonly Row[]> =>
    (await database().db.execute<Row>(text)).rows
  const stored = async (): Promise<number> =>
    Number((await query(sql`select count(*)::int as n from events`))[0]?.['n'])

  test('first the grids', async () => {
    copyFileSync(join(SAMPLES, 'liuxi-events.csv'), place('events.csv'))
    await expect(events(database(), place('events.csv'))).rejects.toThrow(/run import-grids first/)
  })

  test('a dry run says what would come of it, and writes no event', async () => {
    await grids(database(), join(SAMPLES, 'liuxi-grids.geojson'), '--apply', ...LIUXI)
    const { ok, text } = await events(database(), place('events.csv'))
    expect(ok).toBe(false)
    expect(text).toMatch(/headings in row 2; dry run/)
    expect(text).toMatch(/工单编号=number, 事件类别=category, 状态=status/)
    expect(text).toMatch(/54 would be stored, 0 there before, 6 refused/)
    expect(text).toMatch(/53 inside a grid/)
    expect(text).toMatch(/row 10 category: Category "外星人" is not known/)
    expect(await stored()).toBe(0)
  })

  test('it is stored, with times and states as they were, and placed as any report', async () => {
    const { text } = await events(database(), place('events.csv'), '--apply', '--system', '12345')
    expect(text).toMatch(/54 stored, 0 there before, 6 refused/)
    const [first] = await query(sql`
      select category, status, source, address, rule, external_ref as ref, to_json(reported_at at time zone 'utc') as at,
        to_json(closed_at at time zone 'utc') as closed from events where external_ref = '12345:LX20261002'`)
    expect(first).toEqual({
      category: '01-13',
      status: 'closed',
      source: 'hotline-12345',
      address: '柳溪路2号',
      rule: 'inside',
      ref: '12345:LX20261002',
      at: '2026-09-01T18:07:00',
      closed: '2026-09-01T22:07:00',
    })
    const rows = await query(sql`
      select array[st_x(geom), st_y(geom)] as position, to_json(occurred_at) as at, grid_id as grid, rule from events order by id`)
    const located = await locateAll(
      database().db,
      rows.map(({ position, at }) => ({ position: position as [number, number], at: new Date(String(at)) })),
    )
    expect(located.map(({ grid, placement }) => [grid?.id ?? null, placement.rule])).toEqual(
      rows.map(({ grid, rule }) => [grid, rule]),
    )
    const steps = await query(sql`
      select count(*)::int as n, count(distinct subject)::int as subjects, min(data ->> 'number') as first from steps
      where step = 'event.imported'`)
    expect(steps[0]).toMatchObject({ n: 54, subjects: 54 })
    expect(steps[0]?.['first']).toMatch(/^2026\d{4}-\d{6}$/)
  })

  test('the refused rows are in a file, to be corrected and imported in their turn', async () => {
    const rejected = `${place('events.csv')}.rejected.csv`
    expect(readFileSync(rejected, 'utf8')).toMatch(/23,.*outside the coordinate system/)
    const corrected = place('corrected.csv')
    writeFileSync(corrected, readFileSync(rejected, 'utf8').replace(',外星人,', ',暴露垃圾,'))
    const { text } = await events(database(), corrected, '--apply', '--system', '12345')
    // Row 33 has the number of a row that is stored: it is there already.
    expect(text).toMatch(/1 stored, 1 there before, 4 refused/)
    expect(existsSync(`${corrected}.rejected.csv`)).toBe(true)
  })

  test('again, and from a copy in another format: nothing is stored twice', async () => {
    const rows: string[][] = []
    const table = await openTable(place('events.csv'))
    for await (const { cells } of table.rows()) rows.push([...cells])
    await table.close()
    await writeXlsxFile(rows.slice(1).map((cells) => cells.map((value) => ({ value })))).toFile(
      place('copy.xlsx'),
    )
    const before = await stored()
    for (const file of ['events.csv', 'copy.xlsx']) {
      const { text } = await events(database(), place(file), '--apply', '--system', '12345')
      expect(text).toMatch(/0 stored, 5[45] there before/)
    }
    expect(await stored()).toBe(before)
  })

  test('rows without a number: equal rows are as many events, and rows added later are new', async () => {
    const before = await stored()
    await events(
      database(),
      write('bare.csv', HEAD, LINE, LINE, '道路破损,2026-03-07,119.9030,32.4010'),
      '--apply',
    )
    expect(await stored()).toBe(before + 3)
    const more = write('bare.csv', HEAD, '暴露垃圾,2026-03-08,119.9030,32.4010', LINE, LINE, LINE)
    const { text } = await events(database(), more, '--apply')
    expect(text).toMatch(/2 stored, 2 there before/)
  })

  test('maps, constants, another coordinate system', async () => {
    const file = write('map.csv', '种类;何时;X;Y;结果', '垃圾堆;2026-03-06T08:05:00Z;490790.1;3586300.2;好了')
    const map = '种类=category,何时=occurredAt,X=lng,Y=lat,结果=status'
    const words = [
      '--category-map',
      '垃圾堆=01-10',
      '--status-map',
      '好了=已结案',
      '--set',
      'closedAt=2026-03-07',
    ]
    const args = ['--map', map, '--crs', '4549', ...words, '--source', 'patrol', '--apply']
    const { ok, text } = await events(database(), file, ...args)
    expect(text).toMatch(/1 stored/)
    expect(ok).toBe(true)
    expect(
      await query(sql`select category, status, source, rule from events order by id desc limit 1`),
    ).toEqual([{ category: '01-10', status: 'closed', source: 'patrol', rule: 'inside' }])
  })

  test('a hint where the coordinates are not what was said', async () => {
    const file = write('swapped.csv', HEAD, '暴露垃圾,2026-03-06,32.401,119.901')
    const { text } = await events(database(), file)
    expect(text).toMatch(/look like degrees within China.*--axes north-first/)
    expect((await events(database(), file, '--axes', 'north-first')).text).toMatch(/1 inside a grid/)
  })

  test.each([
    ['事件类别,经度,纬度', '暴露垃圾,119.9,32.4', /time is missing/],
    ['上报时间,经度,纬度', '2026-03-06,119.9,32.4', /category is missing/],
    ['事件类别,上报时间', '暴露垃圾,2026-03-06', /Position and address are missing/],
  ])('a file with only %s is refused', async (head, line, why) => {
    await expect(events(database(), write('half.csv', head, line))).rejects.toThrow(why)
  })

  test.each<[string, RegExp]>([
    ['暴露垃圾,2099-01-01,119.901,32.401', /lies in the future/],
    ['暴露垃圾,1999-01-01,119.901,32.401', /before the year 2000/],
    ['暴露垃圾,2026-03-06,200,32.401', /outside the coordinate system/],
    ['暴露垃圾,,119.901,32.401', /Neither the time/],
  ])('%s is refused', async (line, why) => {
    expect((await events(database(), write('wrong.csv', HEAD, line))).text).toMatch(why)
  })
})
