import type { Point } from './plane.ts'

/** An atom of the finished town with a use of its own: the one that holds the point. */
export interface Landmark {
  readonly name: string
  readonly nameEn: string
  readonly kind: 'school' | 'market' | 'park' | 'hospital' | 'office' | 'commercial' | 'vacant'
  readonly point: Point
}

const mark = (kind: Landmark['kind'], name: string, nameEn: string, x: number, y: number): Landmark => ({
  name,
  nameEn,
  kind,
  point: [x, y],
})

export const LANDMARKS: readonly Landmark[] = [
  mark('school', '滨河中学', 'Binhe Middle School', -480, 1400),
  mark('school', '迎春小学', 'Yingchun Primary School', 150, 860),
  mark('school', '文昌小学', 'Wenchang Primary School', -1150, 250),
  mark('school', '永宁实验学校', 'Yongning Experimental School', 250, -650),
  mark('school', '兴业幼儿园', 'Xingye Kindergarten', 1000, 850),
  mark('market', '鼓楼农贸市场', 'Gulou Farmers Market', -200, 10),
  mark('market', '南园集贸市场', 'Nanyuan Market', -300, -700),
  mark('hospital', '滨河医院', 'Binhe Hospital', 850, 1300),
  mark('office', '滨河街道办事处', 'Binhe Sub-district Office', 60, 1330),
  mark('office', '文化中心', 'Culture Centre', -180, 1080),
  mark('office', '滨河汽车站', 'Binhe Bus Station', 1300, 1250),
  mark('commercial', '澄河广场', 'Chenghe Plaza', 50, 1080),
  mark('commercial', '永宁商业街', 'Yongning Shopping Street', 0, -420),
  mark('commercial', '兴业建材城', 'Xingye Building Materials', 1330, 600),
  mark('park', '文昌公园', 'Wenchang Park', -1150, -600),
  mark('park', '金河公园', 'Jinhe Park', -560, 1000),
  mark('park', '东门公园', 'Dongmen Park', 980, -560),
  mark('vacant', '', '', -1280, 1620),
  mark('vacant', '', '', 1330, -1050),
  mark('vacant', '', '', -1280, -950),
]
