import type { ArcKind, AtomKind } from '../fabric.ts'
import type { Point } from './plane.ts'

/** The hand-drawn part of the invented sub-district, in metres from its centre. Everything else grows on it. */

export const OUTLINE: readonly Point[] = [
  [4350, -600],
  [4750, 350],
  [4300, 1150],
  [4620, 1900],
  [4050, 2450],
  [3450, 2600],
  [3350, 3400],
  [2550, 3500],
  [2250, 4350],
  [1300, 4500],
  [750, 3950],
  [-150, 4150],
  [-500, 4650],
  [-1300, 4550],
  [-1500, 3900],
  [-2500, 4000],
  [-3250, 3600],
  [-3500, 2950],
  [-4250, 2750],
  [-4650, 2250],
  [-4300, 1500],
  [-4850, 700],
  [-4500, -200],
  [-4250, -700],
  [-4600, -1500],
  [-3900, -2050],
  [-3250, -2250],
  [-3350, -3050],
  [-2650, -3400],
  [-2450, -4150],
  [-1500, -4050],
  [-1050, -4450],
  [200, -4350],
  [550, -3950],
  [1400, -4150],
  [1950, -4600],
  [2800, -4200],
  [2950, -3300],
  [3700, -3000],
  [4050, -2350],
  [3900, -1500],
]

/** 澄河, from the north-west to the south-east. */
export const RIVER: readonly Point[] = [
  [-5600, 2500],
  [-5100, 2350],
  [-4500, 2020],
  [-3850, 2150],
  [-3200, 1780],
  [-2700, 1180],
  [-2150, 860],
  [-1600, 1000],
  [-1150, 960],
  [-780, 690],
  [-480, 330],
  [-60, 200],
  [330, 330],
  [700, 250],
  [930, -80],
  [1100, -480],
  [1480, -800],
  [2000, -780],
  [2500, -980],
  [2950, -1480],
  [3500, -1780],
  [4200, -1740],
  [5000, -2050],
  [5500, -2200],
]

export type RoadClass = 'trunk' | 'main' | 'street' | 'lane' | 'track'

export interface Stroke {
  readonly name: string
  readonly nameEn: string
  readonly kind: ArcKind
  readonly road: RoadClass | null
  readonly points: readonly Point[]
}

const road = (name: string, nameEn: string, rank: RoadClass, ...points: Point[]): Stroke => ({
  name,
  nameEn,
  kind: 'road',
  road: rank,
  points,
})
const canal = (name: string, nameEn: string, ...points: Point[]): Stroke => ({
  name,
  nameEn,
  kind: 'canal',
  road: null,
  points,
})

export const STROKES: readonly Stroke[] = [
  road(
    '滨东公路',
    'Bindong Highway',
    'trunk',
    [1250, 5200],
    [1150, 4000],
    [1220, 2800],
    [1400, 1900],
    [1450, 1100],
    [1400, 400],
    [1420, -200],
    [1400, -780],
    [1320, -1250],
    [1150, -1900],
    [1000, -2800],
    [1120, -3900],
    [1100, -5200],
  ),
  road(
    '南环大道',
    'Nanhuan Avenue',
    'trunk',
    [-5600, -1350],
    [-4000, -1120],
    [-2900, -1260],
    [-1900, -1150],
    [-900, -1010],
    [0, -1040],
    [700, -1130],
    [1330, -1240],
    [1420, -1262],
  ),
  road(
    '永宁路',
    'Yongning Road',
    'main',
    [-250, 5200],
    [-330, 3600],
    [-200, 2500],
    [-160, 1650],
    [-70, 900],
    [-45, 200],
    [-95, -350],
    [-60, -1040],
    [-200, -2000],
    [-110, -3200],
    [-260, -5200],
  ),
  road(
    '人民路',
    'Renmin Road',
    'main',
    [-5600, -380],
    [-3900, -150],
    [-2700, -260],
    [-1900, -50],
    [-1350, -120],
    [-900, -170],
    [-480, -240],
    [-90, -255],
    [380, -245],
    [660, -330],
    [790, -560],
    [850, -860],
    [870, -1210],
  ),
  road(
    '文昌路',
    'Wenchang Road',
    'main',
    [-845, 1730],
    [-810, 1300],
    [-765, 680],
    [-800, 300],
    [-865, -165],
    [-825, -600],
    [-800, -1040],
  ),
  road(
    '迎宾大道',
    'Yingbin Avenue',
    'main',
    [-1420, 1410],
    [-800, 1300],
    [-120, 1215],
    [500, 1180],
    [950, 1090],
    [1450, 1090],
    [2000, 1010],
    [2640, 900],
    [3600, 990],
    [5000, 780],
  ),
  road(
    '兴业路',
    'Xingye Road',
    'main',
    [625, 1690],
    [585, 1180],
    [510, 800],
    [525, 560],
    [535, 300],
    [475, -240],
    [430, -700],
    [450, -1130],
  ),
  road('创业大道', 'Chuangye Avenue', 'main', [1385, 333], [1900, 210], [2500, 148]),
  canal(
    '北新河',
    'Beixin Canal',
    [-5200, 3150],
    [-4300, 2980],
    [-3600, 2780],
    [-2500, 2150],
    [-1380, 1760],
    [-500, 1650],
    [300, 1690],
    [900, 1610],
    [1440, 1670],
    [2200, 1820],
    [3200, 2060],
    [5200, 2000],
  ),
  canal(
    '西城河',
    'Xicheng Canal',
    [-1500, 5000],
    [-1420, 3700],
    [-1480, 2600],
    [-1350, 1750],
    [-1400, 980],
    [-1330, 300],
    [-1390, -400],
    [-1320, -1080],
    [-1380, -2200],
    [-1500, -3300],
    [-1450, -5000],
  ),
  canal(
    '东风港',
    'Dongfeng Canal',
    [2780, 5000],
    [2700, 3200],
    [2650, 1900],
    [2620, 900],
    [2480, 150],
    [2500, -300],
    [2460, -960],
    [2420, -1700],
    [2550, -2700],
    [2600, -5000],
  ),
  canal(
    '团结河',
    'Tuanjie Canal',
    [-2700, 5000],
    [-2850, 3300],
    [-2700, 2250],
    [-2780, 1260],
    [-3020, 600],
    [-2900, -600],
    [-3030, -1900],
    [-2870, -4500],
  ),
  canal(
    '友谊港',
    'Youyi Canal',
    [3600, 4500],
    [3720, 2200],
    [3560, 900],
    [3700, -300],
    [3520, -1300],
    [3560, -1780],
    [3600, -3500],
  ),
  canal(
    '红旗河',
    'Hongqi Canal',
    [-4200, 3500],
    [-2860, 3050],
    [-1460, 2920],
    [-240, 3060],
    [1190, 2860],
    [2710, 3010],
    [4600, 2880],
  ),
  canal(
    '南塘河',
    'Nantang Canal',
    [-5000, -2250],
    [-3000, -2430],
    [-1400, -2290],
    [-150, -2440],
    [1070, -2340],
    [2500, -2480],
    [5000, -2700],
  ),
]

/** Town streets drawn by hand because they bend around something. */
export const RIVERSIDE: Stroke = road('滨河大道', 'Binhe Avenue', 'main')

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

/** Atoms of the finished town with a use of their own: the one that holds the point. */
export interface Landmark {
  readonly name: string
  readonly nameEn: string
  readonly kind: 'school' | 'market' | 'park' | 'hospital' | 'office'
  readonly point: Point
}

export const LANDMARKS: readonly Landmark[] = [
  { name: '滨河中学', nameEn: 'Binhe Middle School', kind: 'school', point: [-480, 1430] },
  { name: '迎春小学', nameEn: 'Yingchun Primary School', kind: 'school', point: [150, 860] },
  { name: '文昌小学', nameEn: 'Wenchang Primary School', kind: 'school', point: [-1100, 250] },
  { name: '永宁实验学校', nameEn: 'Yongning Experimental School', kind: 'school', point: [250, -650] },
  { name: '兴业幼儿园', nameEn: 'Xingye Kindergarten', kind: 'school', point: [1000, 850] },
  { name: '鼓楼农贸市场', nameEn: 'Gulou Farmers Market', kind: 'market', point: [-200, 10] },
  { name: '南园集贸市场', nameEn: 'Nanyuan Market', kind: 'market', point: [-300, -700] },
  { name: '滨河医院', nameEn: 'Binhe Hospital', kind: 'hospital', point: [850, 1300] },
  { name: '滨河街道办事处', nameEn: 'Binhe Sub-district Office', kind: 'office', point: [100, 1350] },
  { name: '文昌公园', nameEn: 'Wenchang Park', kind: 'park', point: [-1150, -600] },
  { name: '金河公园', nameEn: 'Jinhe Park', kind: 'park', point: [-550, 1000] },
]
