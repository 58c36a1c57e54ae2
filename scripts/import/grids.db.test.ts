import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { onBothDatabases, type TestDatabase } from '../../db/testing.ts'
import { check } from '../../geodata/check.ts'
import type { Arc, Fabric, Lattice } from '../../geodata/fabric.ts'
import { toPosition } from '../../geodata/lattice.ts'
import { dissolve, multiPolygon } from '../../geodata/topology.ts'
import { locateAll } from '../../server/grids/actions.ts'
import { listGridRows, readShapes } from '../../server/grids/store.ts'
import { readSubdistrict } from '../../server/places/store.ts'
import { command, grids, LIUXI, SAMPLES } from './importing-testing.ts'

const GOOD = join(SAMPLES, 'liuxi-grids.geojson')
const FAULTY = join(SAMPLES, 'liuxi-grids-faulty.geojson')
const folder = mkdtempSync(join(tmpdir(), 'wangge-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Row {
  [column: string]: unknown
}

/** One after the other: each test finds what the one before has left. */
onBothDatabases('a sub-district of one’s own', (database) => {
  const query = async (text: ReturnType<typeof sql>): Promise<readonly Row[]> =>
    (await database().db.execute<Row>(text)).rows

  test('a dry run writes nothing', async () => {
    const { ok, text } = await grids(database(), GOOD)
    expect(ok).toBe(true)
    expect(text).toMatch(/13 grids, coordinates in 4549/)
    expect(await query(sql`select count(*)::int as n from grids`)).toEqual([{ n: 0 }])
  })

  test('without its name it is refused', async () => {
    await expect(grids(database(), GOOD, '--apply')).rejects.toThrow(/--sub-district-name/)
  })

  test('faults are refused, and nothing of the file is stored', async () => {
    const { ok, text } = await grids(database(), FAULTY, '--apply', ...LIUXI)
    expect(ok).toBe(false)
    expect(text).toMatch(/overlap {2}321299002001001 321299002001002 {2}@ 119\.\d+, 32\.\d+/)
    expect(await query(sql`select count(*)::int as n from subdistricts`)).toEqual([{ n: 0 }])
  })

  test('it is taken into force', async () => {
    const { ok, text } = await grids(database(), GOOD, '--apply', ...LIUXI)
    expect(text).toMatch(/13 grids added, 0 redrawn, 0 closed; in force from always/)
    expect(ok).toBe(true)
    const place = await readSubdistrict(database().db, new Date('2001-01-01'))
    expect(place).toMatchObject({
      code: '321299002',
      name: '柳溪街道',
      nameEn: 'Liuxi',
      demo: false,
      grids: 13,
    })
    expect(place?.communities.map(({ code, area }) => [code, area])).toEqual([
      ['321299002001', 'urban'],
      ['321299002002', 'urban'],
      ['321299002203', 'rural'],
    ])
    const rows = await listGridRows(database().db, new Date())
    expect(rows).toHaveLength(13)
    expect(rows[0]).toMatchObject({
      code: '321299002001001',
      kind: 'urban-full-time',
      accepted: false,
      worker: { name: '周某甲', fullTime: true },
    })
    expect(await query(sql`select step, actor, data ->> 'subdistrict' as s from steps`)).toEqual([
      { step: 'grids.adopted', actor: 'import', s: '321299002' },
    ])
  })

  test('its fabric holds every invariant, and the boundaries are the fabric under the plan', async () => {
    const fabric = await readFabric(database())
    expect(check(fabric)).toEqual([])
    const labels = await query(
      sql`select atom_id as atom, g.code from plan_atoms p join grids g on g.id = p.grid_id`,
    )
    const drawn = dissolve(fabric, new Map(labels.map(({ atom, code }) => [Number(atom), String(code)])))
    const rows = await listGridRows(database().db, new Date())
    const shapes = await readShapes(
      database().db,
      rows.map(({ boundary }) => boundary),
    )
    for (const { code, boundary } of rows) {
      const stored: unknown = JSON.parse(shapes.get(boundary)?.coordinates ?? 'null')
      expect(stored).toEqual(multiPolygon(drawn.get(code) ?? []).coordinates)
    }
    const sums = await query(sql`
      select sum(st_area(geom))::float8 as parts, st_area(st_union(geom))::float8 as whole from boundaries`)
    expect(Number(sums[0]?.['parts'])).toBeCloseTo(Number(sums[0]?.['whole']), 12)
  })

  test('every label lies in its grid, every corner of the fabric in the grids around it', async () => {
    const rows = await listGridRows(database().db, new Date())
    const shapes = await readShapes(
      database().db,
      rows.map(({ boundary }) => boundary),
    )
    const at = new Date()
    const labels = rows.map(({ boundary }) => shapes.get(boundary)?.label ?? [0, 0])
    const inside = await locateAll(
      database().db,
      labels.map(([lng, lat]) => ({ position: [lng ?? 0, lat ?? 0], at })),
    )
    expect(inside.map(({ grid, placement }) => [grid?.code, placement.rule])).toEqual(
      rows.map(({ code }) => [code, 'inside']),
    )
    const { nodes, arcs } = await readFabric(database())
    const around = nodes.map((_, n) => arcs.filter(({ n0, n1 }) => n0 === n || n1 === n))
    const touching = around.map(
      (list) => new Set(list.flatMap(({ left, right }) => [left, right]).filter(Boolean)).size,
    )
    const corners = await locateAll(
      database().db,
      nodes.map((node) => ({ position: toPosition(node), at })),
    )
    expect(corners.map(({ placement }) => placement.candidates.length)).toEqual(touching)
  })

  test('a second time it wants --replace, and another sub-district wants another database', async () => {
    await expect(grids(database(), GOOD, '--apply')).rejects.toThrow(
      /13 grids have boundaries in force; give --replace/,
    )
    await expect(
      grids(
        database(),
        GOOD,
        '--apply',
        '--replace',
        '--sub-district-code',
        '9',
        '--sub-district-name',
        '别处',
      ),
    ).rejects.toThrow(/belongs to 柳溪街道/)
  })

  test('a replacement ends what it replaces; the past keeps its grids', async () => {
    const { text } = await grids(
      database(),
      FAULTY,
      '--apply',
      '--repair',
      '--replace',
      '--from',
      '2026-03-01',
    )
    expect(text).toMatch(/0 grids added, 13 redrawn, 0 closed; in force from 2026-02-28T16:00:00/)
    const periods = await query(sql`
      select upper_inf(valid) as open, count(*)::int as n from boundaries group by 1 order by 1`)
    expect(periods).toEqual([
      { open: false, n: 13 },
      { open: true, n: 13 },
    ])
    // Grid 001 took 381 m² from 002 at this place.
    const position: [number, number] = [119.90194, 32.4008]
    const [before, after] = await locateAll(database().db, [
      { position, at: new Date('2026-02-28T15:59:59Z') },
      { position, at: new Date('2026-03-01T00:00:00Z') },
    ])
    expect([before?.grid?.code, after?.grid?.code]).toEqual(['321299002001002', '321299002001001'])
    expect(await query(sql`select count(*)::int as n from plans where valid @> now()`)).toEqual([{ n: 1 }])
  })

  test('boundaries cannot begin before those in force', async () => {
    await expect(grids(database(), GOOD, '--apply', '--replace', '--from', '2026-01-01')).rejects.toThrow(
      /in force from 2026-02-28/,
    )
  })

  test('a grid that is left out is closed, and its code is never used again', async () => {
    const json = JSON.parse(readFileSync(GOOD, 'utf8')) as { features: unknown[] }
    const fewer = join(folder, 'fewer.geojson')
    writeFileSync(fewer, JSON.stringify({ ...json, features: json.features.slice(0, 12) }))
    const { text } = await grids(database(), fewer, '--apply', '--replace', '--from', '2026-04-01')
    expect(text).toMatch(/0 grids added, 12 redrawn, 1 closed/)
    await expect(grids(database(), GOOD, '--apply', '--replace', '--from', '2026-05-01')).rejects.toThrow(
      /retired are never used again: 321299002002003/,
    )
    expect(await query(sql`select count(*)::int as n from grids`)).toEqual([{ n: 13 }])
  })

  test('what was written can be written out, and read in again as it is', async () => {
    const out = join(folder, 'out.geojson')
    await grids(database(), GOOD, '--out', out)
    const { text } = await grids(database(), out)
    expect(text).toMatch(/13 grids, coordinates in 4326.*code=code name=name/)
    expect(text).toMatch(/0 errors, 0 repairable, 0 notes/)
  })

  test('the demo is never replaced', async () => {
    await database().db.execute(sql`update subdistricts set demo = true`)
    await expect(grids(database(), GOOD, '--apply', '--replace')).rejects.toThrow(/holds the demo/)
    await database().db.execute(sql`update subdistricts set demo = false`)
  })

  test('while another process holds the embedded database, the command names it', async () => {
    if (database().kind !== 'embedded') return
    const { code, said } = command('import-grids', database().address, GOOD, '--apply', ...LIUXI)
    expect(await code).toBe(2)
    expect(said.join('')).toContain(`in use by process ${process.pid}`)
    expect(said.join('')).toMatch(/stop npm start with Ctrl\+C, import, start it again/)
  })
})

async function readFabric(database: TestDatabase): Promise<Fabric> {
  const newest = sql`(select max(id) from fabrics)`
  const list = async (text: ReturnType<typeof sql>) => (await database.db.execute<Row>(text)).rows
  const nodes = await list(sql`select x, y from fabric_nodes where fabric_id = ${newest} order by id`)
  const atoms = await list(sql`select id, community from atoms where fabric_id = ${newest} order by id`)
  const arcs = await list(sql`select * from fabric_arcs where fabric_id = ${newest} order by id`)
  return {
    nodes: nodes.map(({ x, y }): Lattice => [Number(x), Number(y)]),
    atoms: atoms.map(({ id, community }) => ({
      id: Number(id),
      kind: 'block',
      community: String(community),
    })),
    arcs: arcs.map((arc): Arc => {
      const xy = arc['xy'] as number[]
      return {
        id: Number(arc['id']),
        n0: Number(arc['n0']),
        n1: Number(arc['n1']),
        kind: 'community',
        left: Number(arc['left_atom']),
        right: Number(arc['right_atom']),
        points: Array.from({ length: xy.length / 2 }, (_, i): Lattice => [
          xy[2 * i] ?? 0,
          xy[2 * i + 1] ?? 0,
        ]),
      }
    }),
  }
}
