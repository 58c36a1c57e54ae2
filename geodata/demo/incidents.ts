import type { Ground } from './spots.ts'

/** When in the year, and when in the day, a class happens; absent: evenly, by day. */
export type Season = 'winter' | 'summer' | 'rain' | 'straw' | 'growth' | 'leaves' | 'wages'
export type Hours = 'day' | 'evening' | 'trade' | 'gate'

export interface Incident {
  /** A code of the table of categories. */
  readonly code: string
  /** How often, by ground. */
  readonly on: Partial<Readonly<Record<Ground, number>>>
  readonly season?: Season
  readonly hours?: Hours
  /** People rather call than a grid worker finds it. */
  readonly called?: boolean
  /** `@` stands for the place. */
  readonly texts: readonly string[]
}

/** What happens where in the invented sub-district: weights are per ground and need not add up to anything. */
export const INCIDENTS: readonly Incident[] = [
  {
    code: '01-01',
    on: { estate: 1, lane: 1, village: 1 },
    texts: ['@有人搭建彩钢棚', '@楼顶正在加建阳光房'],
  },
  { code: '01-04', on: { street: 2, shop: 2 }, texts: ['@外墙被涂写', '@墙面污渍较多'] },
  { code: '01-05', on: { estate: 2 }, texts: ['@阳台堆放杂物，有掉落风险', '@楼顶平台堆满旧家具'] },
  { code: '01-07', on: { street: 2, shop: 1, estate: 1 }, texts: ['@树间拉绳晾晒被褥', '@护栏上晾晒衣物'] },
  {
    code: '01-08',
    on: { estate: 7, shop: 1 },
    hours: 'evening',
    texts: ['@从楼上拉线给电动车充电', '@单元门口飞线充电'],
  },
  {
    code: '01-10',
    on: { lane: 6, estate: 6, market: 3, village: 5, street: 3 },
    texts: ['@路边有一堆暴露垃圾', '@垃圾散落未清', '@装修垃圾与生活垃圾混堆'],
  },
  {
    code: '01-11',
    on: { village: 2, lane: 2, field: 3 },
    texts: ['@有一堆建筑渣土，存放较久', '@空地上堆有陈年渣土'],
  },
  { code: '01-12', on: { street: 5, lane: 2 }, texts: ['@路面有落叶和泥沙', '@路面积尘较厚'] },
  {
    code: '01-13',
    on: { street: 5, lane: 5, village: 3, field: 2 },
    called: true,
    texts: ['@路面破损，有一处坑洼', '@道板松动，行人容易绊倒', '@路面开裂约两米'],
  },
  { code: '01-14', on: { street: 4, industry: 4 }, texts: ['@货车遗撒砂石', '@路面有渣土车遗撒'] },
  { code: '01-17', on: { park: 5, estate: 2 }, texts: ['@绿地内有白色垃圾', '@草坪上有食品包装袋'] },
  {
    code: '01-20',
    on: { lane: 1, village: 2, park: 1 },
    season: 'leaves',
    texts: ['@有人焚烧落叶', '@焚烧垃圾，烟味较大'],
  },
  { code: '01-21', on: { park: 2, street: 1 }, season: 'growth', texts: ['@行道树有虫害，叶片枯黄'] },
  {
    code: '01-25',
    on: { water: 11 },
    season: 'summer',
    texts: ['@河面有漂浮水草', '@河面漂浮垃圾', '@水葫芦较多，需打捞'],
  },
  { code: '01-26', on: { water: 2 }, texts: ['@河水发黑，有异味', '@有污水流入河道'] },
  {
    code: '01-28',
    on: { shop: 2, street: 1 },
    hours: 'evening',
    called: true,
    texts: ['@店铺音响声音过大', '@夜间促销喇叭扰民'],
  },
  {
    code: '01-29',
    on: { shop: 3, street: 1, market: 1 },
    season: 'summer',
    hours: 'evening',
    texts: ['@烧烤摊油烟扰民', '@露天烧烤占用人行道'],
  },
  {
    code: '01-30',
    on: { market: 1, shop: 1, industry: 2, water: 1 },
    texts: ['@洗车污水直排路面', '@店铺污水倒入雨水井'],
  },
  { code: '01-31', on: { market: 4, shop: 3 }, texts: ['@餐厨垃圾外溢，地面油腻', '@泔水桶未加盖'] },
  {
    code: '01-36',
    on: { lane: 4, estate: 3, shop: 2, village: 4 },
    texts: ['@楼道口堆放纸箱', '@门前乱堆木料', '@路边堆放沙石'],
  },
  { code: '01-37', on: { street: 1, field: 2, water: 1 }, texts: ['@路边有一只死猫', '@发现动物尸体'] },
  { code: '01-38', on: { estate: 1, lane: 1 }, texts: ['@小区内散养鸡鸭'] },
  {
    code: '01-84',
    on: { estate: 3, park: 2 },
    hours: 'evening',
    called: true,
    texts: ['@遛狗未牵绳', '@犬只夜间吠叫扰民'],
  },
  {
    code: '01-91',
    on: { estate: 3, park: 1 },
    season: 'growth',
    texts: ['@公共绿地被开垦种菜', '@草坪被车辆碾压'],
  },
  {
    code: '01-92',
    on: { estate: 4, street: 2, market: 2, village: 2 },
    texts: ['@垃圾桶满溢', '@垃圾投放点满溢，需清运'],
  },
  { code: '01-93', on: { estate: 3, shop: 1 }, texts: ['@垃圾未分类投放', '@可回收物与厨余混投'] },
  { code: '01-96', on: { estate: 2, lane: 1 }, texts: ['@私装地锁占用公共车位'] },
  { code: '01-98', on: { village: 2 }, texts: ['@农房翻建未见审批公示牌', '@宅基地外新砌围墙'] },
  {
    code: '02-01',
    on: { street: 3, estate: 3, shop: 1 },
    texts: ['@电线杆上贴有小广告', '@楼道内小广告较多'],
  },
  { code: '02-03', on: { shop: 1, street: 1 }, texts: ['@店招灯箱未经审批'] },
  { code: '02-07', on: { street: 1 }, texts: ['@悬挂过期横幅'] },
  {
    code: '03-01',
    on: { estate: 2, industry: 1 },
    hours: 'evening',
    called: true,
    texts: ['@工地夜间施工扰民', '@装修午间施工扰民'],
  },
  { code: '03-02', on: { street: 2 }, texts: ['@施工围挡占用车道'] },
  { code: '03-04', on: { industry: 2, street: 1 }, texts: ['@工地裸土未覆盖', '@渣土车进出扬尘'] },
  { code: '03-05', on: { street: 1, lane: 1 }, texts: ['@施工结束后弃料未清'] },
  {
    code: '04-01',
    on: { street: 3, school: 3, market: 3 },
    hours: 'gate',
    texts: ['@流动摊贩占道经营', '@有游商摆摊，影响通行'],
  },
  {
    code: '04-05',
    on: { shop: 7, market: 3 },
    hours: 'trade',
    texts: ['@店铺出店经营', '@货架摆到人行道上'],
  },
  {
    code: '04-06',
    on: { market: 4, street: 2 },
    hours: 'trade',
    texts: ['@菜农占道卖菜', '@占道经营，早高峰拥堵'],
  },
  {
    code: '04-10',
    on: { street: 5, shop: 5, school: 3, market: 3 },
    texts: ['@非机动车乱停放', '@电动车停在盲道上'],
  },
  { code: '04-93', on: { street: 2, park: 1 }, texts: ['@共享单车堆积', '@共享单车倒伏在路口'] },
  {
    code: '04-96',
    on: { estate: 12, shop: 1, market: 1 },
    hours: 'evening',
    texts: ['@消防通道被私家车占用', '@楼前消防车道停满车辆', '@消防登高场地停车'],
  },
  {
    code: '04-98',
    on: { market: 9 },
    hours: 'trade',
    texts: ['@摊位出摊，通道不畅', '@市场内地面湿滑', '@活禽区清洁不到位'],
  },
  {
    code: '05-01',
    on: { street: 1, estate: 1 },
    season: 'winter',
    called: true,
    texts: ['@自来水管破裂漏水'],
  },
  {
    code: '05-03',
    on: { street: 2, estate: 3, lane: 2 },
    season: 'rain',
    called: true,
    texts: ['@下水道堵塞，污水外溢', '@雨水井堵塞'],
  },
  { code: '05-05', on: { street: 1 }, season: 'rain', texts: ['@路面局部塌陷，已放警示桩'] },
  {
    code: '05-06',
    on: { street: 3, lane: 3, village: 1 },
    season: 'rain',
    called: true,
    texts: ['@路面积水，车辆难以通行', '@低洼处积水约二十厘米'],
  },
  { code: '05-07', on: { street: 3, lane: 2 }, season: 'winter', texts: ['@桥面结冰', '@背阴路段积雪未除'] },
  { code: '05-08', on: { street: 2, village: 2, lane: 1 }, texts: ['@通信线缆脱落垂地', '@弱电线缆下垂'] },
  { code: '05-96', on: { estate: 1 }, called: true, texts: ['@外墙瓷砖脱落', '@空调外机支架松动'] },
  { code: '06-04', on: { shop: 4 }, hours: 'trade', texts: ['@门前三包未落实，地面油污', '@店门前卫生差'] },
  {
    code: 'G2-01',
    on: { estate: 1, lane: 1 },
    called: true,
    texts: ['@居民反映有人推销可疑理财', '@有人散发可疑贷款卡片'],
  },
  {
    code: 'G2-02',
    on: { estate: 6, shop: 3, village: 2, industry: 2 },
    texts: ['@楼道内停放电动车', '@灭火器压力不足', '@楼道堆物影响疏散'],
  },
  {
    code: 'G2-03',
    on: { industry: 8, shop: 3, market: 1 },
    texts: ['@配电箱前堆放杂物', '@气瓶未固定', '@小作坊安全出口上锁'],
  },
  { code: 'G2-04', on: { shop: 2, market: 2, school: 1 }, texts: ['@店内有过期食品', '@后厨生熟混放'] },
  { code: 'G2-05', on: { estate: 3, village: 1, lane: 1 }, texts: ['@出租房隔断过多', '@群租房未登记'] },
  { code: 'G2-06', on: { village: 2, lane: 1, estate: 1 }, texts: ['@老旧房屋墙体开裂', '@燃气软管老化'] },
  {
    code: 'G2-07',
    on: { school: 7 },
    hours: 'gate',
    texts: ['@放学时段车辆拥堵', '@校门口护栏松动', '@校门口小卖部售卖可疑零食'],
  },
  {
    code: 'G3',
    on: { estate: 9, village: 8, street: 2, industry: 2 },
    called: true,
    texts: ['@居民咨询医保缴费', '@居民反映停水未通知', '@路灯不亮，夜间出行不便', '@希望增设公交停靠点'],
  },
  { code: 'G4', on: { estate: 3, village: 4 }, texts: ['@独居老人需上门探望', '@行动不便居民申请代办'] },
  {
    code: 'G5',
    on: { estate: 5, village: 4, shop: 1 },
    called: true,
    texts: ['@居民建议增设充电桩', '@建议增加健身器材', '@建议调整停车位划线'],
  },
  {
    code: 'G7',
    on: { field: 12, village: 1 },
    season: 'straw',
    texts: ['@发现焚烧秸秆', '@田间有烟点', '@秸秆堆放河边'],
  },
  {
    code: 'G8',
    on: { industry: 2 },
    season: 'wages',
    called: true,
    texts: ['@工人反映工资拖欠', '@有工人聚集讨薪苗头'],
  },
  {
    code: 'G9',
    on: { estate: 1, village: 2, street: 1, field: 4 },
    texts: ['@发现无主物品', '@窨井盖异响', '@指示牌歪斜'],
  },
]
