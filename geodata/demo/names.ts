/** Invented names, each with its English. */
export interface Name {
  readonly zh: string
  readonly en: string
}

const words = (text: string): readonly Name[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [zh = '', en = ''] = pair.split('/')
      return { zh, en }
    })

const STREET_WORDS = words(`
  迎春/Yingchun 健康/Jiankang 新民/Xinmin 文汇/Wenhui 育才/Yucai 青年/Qingnian 向阳/Xiangyang 东风/Dongfeng 光明/Guangming 建设/Jianshe
  和平/Heping 胜利/Shengli 长春/Changchun 朝晖/Zhaohui 学府/Xuefu 锦绣/Jinxiu 春晖/Chunhui 银杏/Yinxing 香樟/Xiangzhang 梧桐/Wutong
  海棠/Haitang 桃园/Taoyuan 翠竹/Cuizhu 碧波/Bibo 清泉/Qingquan 望河/Wanghe 沿河/Yanhe 北苑/Beiyuan 南园/Nanyuan 金桥/Jinqiao
  振兴/Zhenxing 科技/Keji 创新/Chuangxin 通达/Tongda 宏业/Hongye 工农/Gongnong 新华/Xinhua 团结/Tuanjie 友谊/Youyi 幸福/Xingfu
`)

const LANE_WORDS = words(`
  鼓楼/Gulou 文庙/Wenmiao 井亭/Jingting 豆腐/Doufu 打铁/Datie 竹器/Zhuqi 盐仓/Yancang 米市/Mishi 灯笼/Denglong 油坊/Youfang
  染坊/Ranfang 石板/Shiban 柳荫/Liuyin 书院/Shuyuan 槐树/Huaishu 关帝/Guandi 城隍/Chenghuang 东塔/Dongta 牌楼/Pailou 小桥/Xiaoqiao
  水门/Shuimen 渔行/Yuhang 酒坊/Jiufang 糖坊/Tangfang 磨坊/Mofang 丁家/Dingjia 陆家/Lujia 沙家/Shajia 缪家/Miaojia 储家/Chujia
  桂花/Guihua 腊梅/Lamei 石榴/Shiliu 枇杷/Pipa 月亮/Yueliang 南星/Nanxing 太平/Taiping 如意/Ruyi 仁寿/Renshou 安乐/Anle
  长寿/Changshou 百子/Baizi 状元/Zhuangyuan 砚池/Yanchi 墨香/Moxiang 织布/Zhibu 绣衣/Xiuyi 篾匠/Miejiang 花园/Huayuan 菜市/Caishi
`)

const ESTATE_WORDS = words(`
  碧水/Bishui 翠苑/Cuiyuan 锦江/Jinjiang 阳光/Yangguang 馨怡/Xinyi 绿洲/Lvzhou 紫荆/Zijing 丽景/Lijing 康乐/Kangle 祥和/Xianghe
  怡景/Yijing 世纪/Shiji 澄河/Chenghe 春江/Chunjiang 枫林/Fenglin 书香/Shuxiang 荷风/Hefeng 兰亭/Lanting 云鹤/Yunhe 明珠/Mingzhu
  凤栖/Fengqi 桃李/Taoli 松涛/Songtao 银河/Yinhe 天润/Tianrun 御景/Yujing 玉兰/Yulan 清荷/Qinghe 瑞景/Ruijing 金盛/Jinsheng
`)

const ESTATE_ENDS = words('花园/Garden 新村/New-Village 小区/Estate 苑/Court 家园/Homes 名都/Mansion')

const cross = (stems: readonly Name[], suffixes: readonly Name[]): readonly Name[] =>
  suffixes.flatMap((suffix) =>
    stems.map((stem) => ({ zh: stem.zh + suffix.zh, en: `${stem.en} ${suffix.en.replace('-', ' ')}` })),
  )

export const STREETS = cross(STREET_WORDS, words('路/Road 街/Street'))
export const LANES = cross(LANE_WORDS, words('巷/Lane 弄/Alley 里/Li'))
export const CLOSES = cross(
  STREET_WORDS,
  words('支路/Branch-Road 一巷/1st-Lane 二巷/2nd-Lane 东路/East-Road 西路/West-Road'),
)
const ESTATES = cross(ESTATE_WORDS, ESTATE_ENDS)

/** Up to six estates of a community bear its name, every third in turn; the rest share one list, of which `taken` are used. */
export function estateName(community: Name, nth: number, taken: number): Name & { readonly shared: boolean } {
  const own = nth % 3 === 0 ? cross([community], ESTATE_ENDS)[nth / 3] : undefined
  if (own) return { ...own, shared: false }
  const name = ESTATES[taken]
  if (!name) throw new RangeError('more estates than names')
  return { ...name, shared: true }
}

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 1 → 一, 12 → 十二, 23 → 二十三. */
export function numeral(n: number): string {
  if (n <= 10) return DIGITS[n] ?? ''
  const tens = Math.floor(n / 10)
  return `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${n % 10 === 0 ? '' : (DIGITS[n % 10] ?? '')}`
}

const characters = (text: string): readonly string[] => Array.from(text)

const SURNAMES = characters(
  '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛顾龚邵万覃武钱戴严莫孔向常汤',
)
const FIRST = characters('建国志文春秋海长永金玉宝德学光庆素桂秀月红丽晓雪小爱冬少振家立明正新')
const SECOND = characters('平安华兰芳英珍梅林峰军明勇宏根生泉富贵才祥荣霞琴凤云燕娟萍松柏田余')

/** A name that nobody in particular bears; the same index always gives the same one. */
export function person(pick: <T>(items: readonly T[]) => T, short: 'short' | 'long'): string {
  return pick(SURNAMES) + (short === 'short' ? '' : pick(FIRST)) + pick(SECOND)
}
