import { told, type Properties } from '../../geodata/gate-json.ts'
import { kindNamed, textOf, type GridField, type GridMap } from '../../geodata/gate-properties.ts'
import type { NewCommunity, NewGrid } from '../../server/boundaries/store.ts'
import type { Words } from './language.ts'

const YES = /^(true|1|yes|y|是|已验收|通过|初步通过|已通过)$/i

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
  const text = (field: GridField): string => textOf(properties, map, field)
  const kind = kindNamed(kinds.get(text('kind')) ?? text('kind'))
  if (kind === null) return refused(code, unknownKind(map.kind, text('kind')))
  const community = text('community') || communityIn(code)
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

/** The first twelve digits of a grid code are the statistical code of its community. */
function communityIn(code: string): string {
  return /^\d{15}$/.test(code) ? code.slice(0, 12) : ''
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
