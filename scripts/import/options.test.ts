import { expect, test } from 'vitest'
import { eventsOptionsOf } from './events-options.ts'
import { gridsOptionsOf } from './grids-options.ts'
import { languageOf, voiceOf } from './language.ts'
import { gridMapOf } from '../../geodata/gate-properties.ts'
import { attributesOf, communitiesOf } from './properties.ts'

const here = { INIT_CWD: '/somewhere' }

test('import-grids: all that can be said', () => {
  const args =
    'a.geojson --apply --repair --replace --from 2026-01-01 --crs EPSG:4549 --axes north-first --tolerance-m 0.5 --gap-m2 20 ' +
    '--keep-gaps --sub-district-code 1 --sub-district-name 甲 --kind =urban-comprehensive --code BM --kind-map 城=urban-full-time --lang zh'
  expect(gridsOptionsOf(args.split(' '), here)).toMatchObject({
    file: '/somewhere/a.geojson',
    language: 'zh',
    apply: true,
    repair: true,
    replace: true,
    keepGaps: true,
    all: false,
    from: new Date('2025-12-31T16:00:00Z'),
    crs: '4549',
    axes: 'north-first',
    toleranceM: 0.5,
    gapM2: 20,
    map: { kind: '=urban-comprehensive', code: 'BM' },
    kinds: new Map([['城', 'urban-full-time']]),
    subdistrict: { code: '1', name: '甲', nameEn: '甲' },
  })
})

test('import-events: all that can be said', () => {
  const args =
    'a.csv --map 类=category,时=reportedAt --map 地=address --set source=patrol --status-map 好=closed --source video --system 12345 ' +
    '--crs gcj02 --tz Asia/Urumqi --sheet 一 --heading-row 3'
  expect(eventsOptionsOf(args.split(' '), here)).toMatchObject({
    file: '/somewhere/a.csv',
    apply: false,
    columns: new Map([
      ['类', 'category'],
      ['时', 'reportedAt'],
      ['地', 'address'],
    ]),
    constants: new Map([['source', 'patrol']]),
    statuses: new Map([['好', 'closed']]),
    source: 'video',
    system: '12345',
    crs: 'gcj02',
    axes: 'east-first',
    zone: 'Asia/Urumqi',
    sheet: '一',
    headingRow: 3,
  })
})

test.each<[string, RegExp]>([
  ['', /one GeoJSON file/],
  ['a b', /one GeoJSON file/],
  ['a --crs 2437', /2437 is not a coordinate system/],
  ['a --axes up', /--axes is one of/],
  ['a --tolerance-m -1', /argument is ambiguous|Wrong arguments/],
  ['a --tolerance-m wide', /--tolerance-m is a number/],
  ['a --from soon', /--from is a date/],
  ['a --kind-map x', /--kind-map is written a=b/],
  ['a --sub-district-code 1', /needs its name/],
  ['a --lang fr', /--lang is one of/],
  ['a --aply', /Wrong arguments/],
])('import-grids %s is refused in words', (args, why) => {
  expect(() => gridsOptionsOf(args.split(' ').filter(Boolean), {})).toThrow(why)
})

test.each<[string, RegExp]>([
  ['', /one CSV or XLSX file/],
  ['a --tz Mars', /no time zone Mars/],
  ['a --set number=1', /no field number/],
  ['a --system 甲', /--system is/],
  ['a --heading-row 0', /number of a row/],
  ['a --source moon', /--source is one of/],
])('import-events %s is refused in words', (args, why) => {
  expect(() => eventsOptionsOf(args.split(' ').filter(Boolean), {})).toThrow(why)
})

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'C.UTF-8' }, 'both'],
  [{}, 'both'],
] as const)('%j speaks %s', (env, language) => {
  expect(languageOf(env)).toBe(language)
  const lines: string[] = []
  voiceOf(
    language,
    (line) => lines.push(line),
    () => {},
  ).say({ zh: '好', en: 'good' })
  expect(lines).toEqual({ zh: ['好'], en: ['good'], both: ['好', 'good'] }[language])
})

test('what is known of a grid is found under the names that files use', () => {
  expect(gridMapOf({}, [{ WGBM: '1', 网格名称: 'a', 社区代码: '2', 类型: 'x' }])).toEqual({
    code: 'WGBM',
    name: '网格名称',
    community: '社区代码',
    kind: '类型',
  })
  // Our own GET /api/grids.
  const own = { code: '1', name: 'a', kind: 'k', community: { code: '2', name: 'b' }, worker: { name: 'c' } }
  expect(gridMapOf({}, [own])).toMatchObject({
    community: 'community.code',
    'community-name': 'community.name',
    worker: 'worker.name',
  })
  expect(gridMapOf({ code: '=1' }, [own])).toMatchObject({ code: '=1' })
})

const map = { code: 'code', kind: 'kind' }
const kinds = new Map([['专职', 'urban-full-time']])

test.each<[string, Record<string, unknown>, object]>([
  [
    '321299002001001',
    { kind: '专职' },
    {
      ok: true,
      value: { community: '321299002001', name: '321299002001001', kind: 'urban-full-time', worker: null },
    },
  ],
  ['321299002001001', { kind: '农村综合' }, { ok: true, value: { kind: 'rural-comprehensive' } }],
  ['321299002001001', { kind: '别的' }, { ok: false }],
  ['A1', { kind: '专职' }, { ok: false }],
])('%s %j', (code, properties, expected) => {
  expect(attributesOf(code, properties, map, kinds)).toMatchObject(expected)
})

const grid = (code: string, kind: string) => attributesOf(code, { kind }, map, kinds)

test('a community with an urban grid is urban', () => {
  const grids = [
    grid('321299002001001', '农村综合'),
    grid('321299002001002', '专职'),
    grid('321299002002001', '农村综合'),
  ]
  expect(
    communitiesOf(grids.flatMap((read) => (read.ok ? [read.value] : []))).map(({ code, area }) => [
      code,
      area,
    ]),
  ).toEqual([
    ['321299002001', 'urban'],
    ['321299002002', 'rural'],
  ])
})
