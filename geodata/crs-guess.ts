import type { Axes, Crs } from './crs.ts'
import type { Position } from './geojson.ts'

/** What a file's numbers look like, for the sentence that refuses them. A guess is never acted upon. */
export interface Guess {
  /** Systems that the numbers may be in; none where this program cannot read them. */
  readonly crs: readonly Crs[]
  readonly axes: Axes
  readonly zh: string
  readonly en: string
}

interface Pattern {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly crs: readonly Crs[]
  readonly zh: string
  readonly en: string
}

const CHINA_LAT: readonly [number, number] = [3, 54]
const CHINA_NORTHING: readonly [number, number] = [300_000, 6_000_000]

/** Where numbers about China lie in each system, eastern axis first. */
const PATTERNS: readonly Pattern[] = [
  {
    x: [73, 136],
    y: CHINA_LAT,
    crs: ['4326', '4490', 'gcj02', 'bd09'],
    zh: '中国范围内的经纬度（4326、4490、gcj02 或 bd09，仅凭数值无法区分）',
    en: 'degrees within China (4326, 4490, gcj02 or bd09: the numbers alone do not tell which)',
  },
  {
    x: [100_000, 900_000],
    y: CHINA_NORTHING,
    crs: ['4547', '4548', '4549'],
    zh: '不带带号的高斯-克吕格 3 度带坐标（中央经线 114°、117°、120° 分别为 4547、4548、4549）',
    en: 'Gauss-Krüger 3-degree metres without zone number (4547, 4548, 4549 for the meridians 114°, 117°, 120°)',
  },
  zone(38, '4526'),
  zone(39, '4527'),
  zone(40, '4528'),
  {
    x: [25_000_000, 45_999_999],
    y: CHINA_NORTHING,
    crs: [],
    zh: '带带号的高斯-克吕格 3 度带坐标，但不是 38、39、40 带；请先转换',
    en: 'Gauss-Krüger 3-degree metres of a zone other than 38, 39, 40: convert them first',
  },
  {
    x: [8_100_000, 15_200_000],
    y: [300_000, 7_200_000],
    crs: [],
    zh: 'Web 墨卡托（3857）米制坐标；请先转换为经纬度',
    en: 'Web Mercator (3857) metres: convert them to degrees first',
  },
]

function zone(number: number, crs: Crs): Pattern {
  return {
    x: [number * 1e6 + 100_000, number * 1e6 + 900_000],
    y: CHINA_NORTHING,
    crs: [crs],
    zh: `带号为 ${number} 的高斯-克吕格 3 度带坐标（${crs}）`,
    en: `Gauss-Krüger 3-degree metres with zone number ${number} (${crs})`,
  }
}

/** What the pairs, as they stand in the file, look like. All of them must fit; null where nothing fits. */
export function guessCrs(pairs: Iterable<Position>): Guess | null {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of pairs) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    x0 = Math.min(x0, x)
    x1 = Math.max(x1, x)
    y0 = Math.min(y0, y)
    y1 = Math.max(y1, y)
  }
  if (x0 > x1) return null
  const straight = PATTERNS.find(({ x, y }) => fits(x0, x1, x) && fits(y0, y1, y))
  if (straight) return { ...straight, axes: 'east-first' }
  const swapped = PATTERNS.find(({ x, y }) => fits(y0, y1, x) && fits(x0, x1, y))
  if (!swapped) return null
  return {
    crs: swapped.crs,
    axes: 'north-first',
    zh: `${swapped.zh}，但纵轴（纬度或北坐标）写在前面；GeoJSON 要求横轴在前，可加 --axes north-first`,
    en: `${swapped.en}, but with the northern axis (latitude or northing) first; GeoJSON wants the eastern one first, or give --axes north-first`,
  }
}

function fits(min: number, max: number, [from, to]: readonly [number, number]): boolean {
  return min >= from && max <= to
}
