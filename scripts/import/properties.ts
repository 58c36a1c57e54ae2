import { told, valueAt, type Properties } from '../../geodata/gate-json.ts'
import type { GridKind } from '../../server/grids/contract.ts'
import type { NewCommunity, NewGrid } from '../../server/boundaries/store.ts'
import type { Words } from './language.ts'

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
type GridField = (typeof GRID_FIELDS)[number]
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

const YES = /^(true|1|yes|y|是|已验收|通过|初步通过|已通过)$/i

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

export type Attributes = Omit<NewGrid, 'geometry'> & {
  readonly communityName: string
  readonly communityNameEn: string
}

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Words }

/** What the feature says of its grid beside its shape. */
export function attributesOf(
  code: string,
  properties: Properties,
  map: GridMap,
  kinds: ReadonlyMap<string, string>,
): Read<Attributes> {
  const text = (field: GridField): string => {
    const path = map[field]
    if (path === undefined) return ''
    const value = path.startsWith('=') ? path.slice(1) : valueAt(properties, path)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value).trim()
      : ''
  }
  const kind = kindOf(text('kind'), kinds)
  if (kind === null) return refused(code, unknownKind(map.kind, text('kind')))
  // The first twelve digits of a grid code are the statistical code of its community.
  const community = text('community') || (/^\d{15}$/.test(code) ? code.slice(0, 12) : '')
  if (community === '') return refused(code, NO_COMMUNITY)
  if (text('name').length > 200 || community.length > 32) return refused(code, TOO_LONG)
  const name = text('name') || code
  const communityName = text('community-name') || community
  const worker = text('worker')
  return {
    ok: true,
    value: {
      code,
      name,
      nameEn: text('name-en') || name,
      kind,
      community,
      communityName,
      communityNameEn: text('community-name-en') || communityName,
      accepted: YES.test(text('accepted')),
      worker: worker === '' ? null : { name: worker, fullTime: kind === 'urban-full-time' },
    },
  }
}

function kindOf(text: string, kinds: ReadonlyMap<string, string>): GridKind | null {
  return KINDS.get(kinds.get(text) ?? text) ?? null
}

function refused(code: string, { zh, en }: Words): Read<never> {
  return { ok: false, why: { zh: `${code}：${zh}`, en: `${code}: ${en}` } }
}

function unknownKind(property: string | undefined, text: string): Words {
  const kinds = 'urban-full-time, urban-comprehensive, rural-comprehensive'
  if (property === undefined)
    return {
      zh: `缺少网格类型：用 --kind 指明属性，或 --kind =urban-comprehensive 统一指定（${kinds}）`,
      en: `the kind of grid is missing: name its property with --kind, or give one for all, --kind =urban-comprehensive (${kinds})`,
    }
  return {
    zh: `网格类型 ${told(text)} 无法识别：用 --kind-map 对应到 ${kinds}`,
    en: `kind ${told(text)} is not known: map it with --kind-map to ${kinds}`,
  }
}

const NO_COMMUNITY: Words = {
  zh: '缺少社区（村）代码：用 --community 指明属性，或 --community =代码 统一指定',
  en: 'the community (village) code is missing: name its property with --community, or give one for all, --community =CODE',
}

const TOO_LONG: Words = {
  zh: '名称超过 200 字，或社区代码超过 32 个字符',
  en: 'a name has more than 200 characters, or a community code more than 32',
}

/** The communities of the grids. One with an urban grid counts as urban. */
export function communitiesOf(grids: readonly Attributes[]): readonly NewCommunity[] {
  const groups = Map.groupBy(grids, ({ community }) => community)
  return [...groups].flatMap(([code, members]) => {
    const named = members.find(({ communityName }) => communityName !== code) ?? members[0]
    if (!named) return []
    const area = members.every(({ kind }) => kind === 'rural-comprehensive') ? 'rural' : 'urban'
    return [{ code, name: named.communityName, nameEn: named.communityNameEn, area }]
  })
}
