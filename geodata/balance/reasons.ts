import type { Lattice } from '../fabric.ts'
import type { GridKey } from '../plan/draft.ts'

/** Why the plans are no better than they are; what each is about stands in its fields. */
export type Reason =
  /** The community has too much or too little work for its number of grids: `share` above (or below) what such grids have elsewhere. */
  | {
      readonly why: 'community'
      readonly community: string
      readonly grids: number
      readonly share: number
      /** Grids that it would have if they all were to have as much as such grids have in the mean. */
      readonly fair: number
    }
  /** A grid stays off by `share`, since what borders it is one piece that cannot be cut. */
  | Stuck<'coarse'>
  /** …since whatever it could give or get is the neck by which a grid hangs together. */
  | Stuck<'neck'>
  /** …since what it could give or get is the ground of a station. */
  | Stuck<'station'>
  /** …since the grids around it are locked or not asked for. */
  | Stuck<'locked'>
  /** It borders no other grid of its community that may change. */
  | Stuck<'alone'>
  /** …for none of these reasons: the search has not come by a better plan. */
  | Stuck<'searched'>
  /** Better plans move more households than allowed: the least that one of them moves, as a share of all. */
  | { readonly why: 'share'; readonly moved: number }

export interface Stuck<W extends string> {
  readonly why: W
  readonly grid: GridKey
  /** Deviation from the mean of its ward, or of its community where it is alone, signed. */
  readonly share: number
  /** The other grid, where one is to blame. */
  readonly other: GridKey | null
  readonly at: Lattice | null
}

export interface Namer {
  readonly grid: (key: GridKey) => { readonly zh: string; readonly en: string }
  readonly community: (code: string) => { readonly zh: string; readonly en: string }
}

export interface Sentence {
  readonly zh: string
  readonly en: string
}

const percent = (share: number): string => `${Math.round(Math.abs(share) * 100)}%`

export function sentenceOfReason(reason: Reason, names: Namer): Sentence {
  if (reason.why === 'community') return ofCommunity(reason, names)
  if (reason.why === 'share') {
    return {
      zh: `更均衡的方案至少要调整 ${percent(reason.moved)} 的住户，超过了允许的比例`,
      en: `More even plans move at least ${percent(reason.moved)} of the households, more than is allowed`,
    }
  }
  const grid = names.grid(reason.grid)
  const other = reason.other === null ? null : names.grid(reason.other)
  const is = {
    zh: `${grid.zh}仍比本社区平均${reason.share > 0 ? '多' : '少'} ${percent(reason.share)}`,
    en: `${grid.en} stays ${percent(reason.share)} ${reason.share > 0 ? 'above' : 'below'} the mean of its community`,
  }
  const why = STUCK[reason.why](other)
  return { zh: `${is.zh}：${why.zh}`, en: `${is.en}: ${why.en}` }
}

function ofCommunity(
  { community, grids, share, fair }: Extract<Reason, { why: 'community' }>,
  names: Namer,
): Sentence {
  const { zh, en } = names.community(community)
  const [more, less] = [Math.max(0, fair - grids), Math.max(0, grids - fair)]
  return {
    zh: `${zh}每个网格的工时比同类网格平均${share > 0 ? '多' : '少'} ${percent(share)}。网格不跨村、社区，调整边界改变不了这一点；要接近平均，需${more > 0 ? `增加 ${more}` : `减少 ${less}`} 个网格（现有 ${grids} 个）`,
    en: `${en} has ${percent(share)} ${share > 0 ? 'more' : 'less'} work per grid than grids of the kind have on average. Grids do not cross communities, so no border changes that; it takes ${more > 0 ? `${more} more` : `${less} fewer`} than its ${grids} grids`,
  }
}

const STUCK: Readonly<
  Record<Exclude<Reason['why'], 'community' | 'share'>, (other: Sentence | null) => Sentence>
> = {
  coarse: () => ({
    zh: '相邻的地块太大，又不能再分',
    en: 'the ground next to it is one large piece that cannot be cut',
  }),
  neck: (other) => ({
    zh: other ? `再调整会使${other.zh}断成几块` : '再调整会使网格断成几块',
    en: other
      ? `any further change would break ${other.en} in two`
      : 'any further change would break a grid in two',
  }),
  station: (other) => ({
    zh: other ? `旁边是${other.zh}的服务站所在地块` : '旁边是服务站所在地块',
    en: other
      ? `the ground next to it holds the station of ${other.en}`
      : 'the ground next to it holds a station',
  }),
  locked: (other) => ({
    zh: other ? `相邻的${other.zh}已锁定或未选中` : '相邻网格已锁定或未选中',
    en: other
      ? `its neighbour ${other.en} is locked or not chosen`
      : 'its neighbours are locked or not chosen',
  }),
  alone: () => ({
    zh: '它与本社区其他可调整的网格都不相邻',
    en: 'it borders no other grid of its community that may change',
  }),
  searched: () => ({
    zh: '在限定的步数内没有找到更好的划法',
    en: 'the search has found nothing better in its steps',
  }),
}
