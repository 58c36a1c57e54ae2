import { valueAt, type Properties } from './gate-json.ts'
import type { GridKind } from './plan/draft.ts'

/** Where each thing that is known of a grid stands: a property, `a.b` inside one, or `=value` for all grids alike. */
export const GRID_FIELDS = [
  'code',
  'name',
  'name-en',
  'kind',
  'community',
  'community-name',
  'community-name-en',
  'worker',
  'accepted',
] as const
export type GridField = (typeof GRID_FIELDS)[number]
export type GridMap = Readonly<Partial<Record<GridField, string>>>

/** Names under which files carry these things, the likelier first; compared without case, spaces, `_` and `-`. */
const NAMES: Readonly<Record<GridField, readonly string[]>> = {
  code: [
    'code',
    'gridcode',
    'gridid',
    '网格编码',
    '网格代码',
    '网格编号',
    'wgbm',
    'wgdm',
    '编码',
    '代码',
    'bm',
    'dm',
  ],
  name: ['name', 'gridname', '网格名称', '网格名', 'wgmc', '名称', 'mc'],
  'name-en': ['nameen', 'englishname', '英文名称'],
  kind: ['kind', 'gridkind', 'gridtype', '网格类型', '网格类别', 'wglx', '类型', 'type'],
  community: [
    'community.code',
    'communitycode',
    '社区代码',
    '社区编码',
    '村社区代码',
    '村社区编码',
    'sqdm',
    'sqbm',
    'community',
  ],
  'community-name': [
    'community.name',
    'communityname',
    '社区名称',
    '所属社区',
    '村社区',
    '村社区名称',
    '社区',
    'sqmc',
  ],
  'community-name-en': ['community.nameEn', 'communitynameen'],
  worker: ['worker.name', 'workername', '网格员', '网格员姓名', '专职网格员', 'wgy', 'worker'],
  accepted: ['accepted', '是否验收', '通过验收', '验收'],
}

const KINDS: ReadonlyMap<string, GridKind> = new Map([
  ['urban-full-time', 'urban-full-time'],
  ['urban-comprehensive', 'urban-comprehensive'],
  ['rural-comprehensive', 'rural-comprehensive'],
  ['城市专职', 'urban-full-time'],
  ['城市专职网格', 'urban-full-time'],
  ['城市综合', 'urban-comprehensive'],
  ['城市综合网格', 'urban-comprehensive'],
  ['农村综合', 'rural-comprehensive'],
  ['农村综合网格', 'rural-comprehensive'],
])

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '')

/** What the flags name, completed by what the properties of the features are called. */
export function gridMapOf(given: GridMap, samples: readonly Properties[]): GridMap {
  const names = new Map<string, string>()
  for (const properties of samples) {
    for (const [name, value] of Object.entries(properties)) {
      names.set(plain(name), name)
      if (typeof value !== 'object' || value === null) continue
      for (const inner of Object.keys(value)) names.set(plain(`${name}.${inner}`), `${name}.${inner}`)
    }
  }
  const found = GRID_FIELDS.map((field): [GridField, string | undefined] => {
    const known = NAMES[field].find((name) => names.has(plain(name)))
    return [field, given[field] ?? (known === undefined ? undefined : names.get(plain(known)))]
  })
  return Object.fromEntries(found.filter(([, name]) => name !== undefined))
}

/** What the features call it: text, trimmed; empty where it is not there. */
export function textOf(properties: Properties, map: GridMap, field: GridField): string {
  const path = map[field]
  if (path === undefined) return ''
  const value = path.startsWith('=') ? path.slice(1) : valueAt(properties, path)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : ''
}

/** The kind of grid by the words that files use; null where they are not known. */
export function kindNamed(text: string): GridKind | null {
  return KINDS.get(text) ?? null
}
