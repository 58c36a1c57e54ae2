import type { AtomKind } from '../fabric.ts'
import type { Point } from './plane.ts'

export interface Seat {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly area: 'urban' | 'rural'
  readonly grids: number
  readonly points: readonly Point[]
}

const seat = (
  code: number,
  name: string,
  nameEn: string,
  area: 'urban' | 'rural',
  grids: number,
  ...points: Point[]
): Seat => ({ code: `321299001${String(code).padStart(3, '0')}`, name, nameEn, area, grids, points })

/** Communities and villages. A face of the sketch belongs to the seat whose point it holds, or else to the nearest on its bank. */
export const SEATS: readonly Seat[] = [
  seat(1, '永宁社区', 'Yongning', 'urban', 5, [250, -700], [650, -1000], [1100, -900], [700, -450]),
  seat(2, '鼓楼社区', 'Gulou', 'urban', 5, [-450, 50]),
  seat(3, '东门社区', 'Dongmen', 'urban', 3, [250, 0], [620, -80]),
  seat(4, '文昌社区', 'Wenchang', 'urban', 4, [-1100, 400], [-1100, -400]),
  seat(5, '南园社区', 'Nanyuan', 'urban', 4, [-450, -600]),
  seat(6, '金河社区', 'Jinhe', 'urban', 4, [-450, 950], [-1050, 1200], [-450, 1450], [-1100, 1550]),
  seat(7, '迎春社区', 'Yingchun', 'urban', 3, [200, 800], [200, 1420]),
  seat(8, '兴业社区', 'Xingye', 'urban', 3, [950, 750], [950, 1350], [1900, 600]),
  seat(
    101,
    '王家庄村',
    'Wangjiazhuang',
    'rural',
    4,
    [-3500, 3000],
    [-2200, 2700],
    [-2150, 3400],
    [-3400, 2500],
  ),
  seat(102, '双桥村', 'Shuangqiao', 'rural', 4, [-800, 2350], [-800, 3500], [-2000, 1600]),
  seat(103, '北港村', 'Beigang', 'rural', 4, [500, 2300], [450, 3500]),
  seat(104, '三里墩村', 'Sanlidun', 'rural', 4, [2000, 2450], [1950, 3400], [3150, 2500], [3100, 3200]),
  seat(105, '荷塘村', 'Hetang', 'rural', 4, [3200, 1450], [4000, 1500], [2000, 1400], [4100, 0]),
  seat(106, '沈家舍村', 'Shenjiashe', 'rural', 4, [2000, -250], [3050, 300]),
  seat(107, '团结村', 'Tuanjie', 'rural', 5, [-3600, 1000], [-2100, 400]),
  seat(108, '杨家圩村', 'Yangjiawei', 'rural', 3, [-3600, -700], [-2100, -650]),
  seat(109, '徐家桥村', 'Xujiaqiao', 'rural', 4, [-3400, -1800], [-2150, -1750]),
  seat(110, '南塘村', 'Nantang', 'rural', 4, [-2150, -3100], [-750, -3300]),
  seat(111, '马家垛村', 'Majiaduo', 'rural', 5, [-700, -1700], [450, -1800], [450, -3300]),
  seat(
    112,
    '顾高庄村',
    'Gugaozhuang',
    'rural',
    5,
    [1800, -1700],
    [1800, -3200],
    [3000, -2100],
    [2950, -3000],
  ),
]

/** What the large faces of the town are made of; the rest are estates. */
export const QUARTERS: readonly { readonly kind: AtomKind; readonly points: readonly Point[] }[] = [
  {
    kind: 'block',
    points: [
      [-450, 50],
      [-650, 300],
      [250, 0],
      [700, 0],
    ],
  },
  { kind: 'industry', points: [[1900, 600]] },
  {
    kind: 'park',
    points: [
      [-1050, 1060],
      [-520, 520],
      [-60, 320],
      [220, 400],
      [640, 390],
      [900, 160],
      [1150, -250],
      [1390, -600],
    ],
  },
]
