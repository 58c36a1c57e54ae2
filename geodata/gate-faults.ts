import type { Position } from './geojson.ts'

/**
 * `error`: nobody can guess what was meant; the file must be changed. `repairable`: refused, unless a repair by the stated rules
 * is asked for. `note`: harmless, and put right without a question because no place changes its grid.
 */
export type Severity = 'error' | 'repairable' | 'note'

/** One thing that is wrong with a file of boundaries. */
export interface BoundaryFault {
  readonly code: FaultCode
  readonly severity: Severity
  /** Codes of the grids concerned, ascending; a feature without a code stands as `#3`, counted from 1. */
  readonly grids: readonly string[]
  /** Where to look; null where the fault has no place on the map. */
  readonly at: Position | null
  /** How often it occurs among these grids. */
  readonly count: number
  readonly areaM2?: number
  readonly zh: string
  readonly en: string
}

interface Entry {
  readonly severity: Severity
  readonly zh: string
  readonly en: string
}

const entry = (severity: Severity, zh: string, en: string): Entry => ({ severity, zh, en })

/** `{…}` is filled from what the check has found. */
const TABLE = {
  'not-a-collection': entry(
    'error',
    '文件不是 GeoJSON FeatureCollection：{found}',
    'The file is not a GeoJSON FeatureCollection: {found}',
  ),
  'no-features': entry('error', '文件中没有任何要素', 'The file holds no features'),
  'not-a-feature': entry(
    'error',
    '第 {n} 项不是 GeoJSON Feature：{found}',
    'Item {n} is not a GeoJSON Feature: {found}',
  ),
  'geometry-type': entry(
    'error',
    '几何类型应为 Polygon 或 MultiPolygon，实为 {found}',
    'The geometry must be a Polygon or a MultiPolygon, but is {found}',
  ),
  nesting: entry(
    'error',
    '坐标的层次与几何类型不符：{found}',
    'The coordinates are not nested as the geometry type demands: {found}',
  ),
  empty: entry('error', '几何为空', 'The geometry is empty'),
  'too-many-vertices': entry(
    'error',
    '顶点过多：{n} 个，上限 {max} 个',
    'Too many vertices: {n}, at most {max} are taken',
  ),
  'not-a-number': entry('error', '坐标不是有限数值：{found}', 'A coordinate is not a finite number: {found}'),
  'out-of-range': entry(
    'error',
    '坐标超出 {crs} 的范围：{found}',
    'A coordinate lies outside the range of {crs}: {found}',
  ),
  'crs-doubt': entry('error', '坐标看起来是：{zh}', 'The coordinates look like {en}'),
  'crs-unknown': entry(
    'error',
    '文件声明的坐标系无法识别：{found}；请用 --crs 指明',
    'The file names a coordinate system that is not known: {found}; say which with --crs',
  ),
  'crs-conflict': entry(
    'error',
    '文件声明坐标系 {found}，与指定的 {crs} 不一致',
    'The file says that it is in {found}, which is not the given {crs}',
  ),
  'no-code': entry(
    'error',
    '要素缺少网格编码（属性 {property}）',
    'The feature has no grid code (property {property})',
  ),
  'bad-code': entry(
    'error',
    '网格编码须为 1 至 32 个字符，且首尾无空格：{found}',
    'A grid code has 1 to 32 characters and no space at either end: {found}',
  ),
  'duplicate-code': entry(
    'error',
    '网格编码重复：{n} 个要素使用同一编码（第 {found} 项）',
    'The grid code is used by {n} features (items {found})',
  ),
  'too-few-points': entry(
    'error',
    '环的顶点不足：只有 {n} 个不同的点，至少需要 3 个',
    'A ring has only {n} different points; it needs at least 3',
  ),
  collapsed: entry('error', '环的面积为零', 'A ring encloses no area'),
  tangled: entry(
    'error',
    '边界自相交或与自身贴近的次数过多，不成其为边界',
    'The border crosses itself, or runs beside itself, so often that it is no border',
  ),
  'tangled-grids': entry(
    'error',
    '各网格的边界互相交叉次数过多，不成其为网格',
    'The borders of the grids cross each other so often that they are no borders',
  ),
  unclosed: entry(
    'repairable',
    '环未闭合：首尾两点不同（共 {n} 个环）',
    'A ring is not closed: its last point is not its first ({n}×)',
  ),
  spike: entry(
    'repairable',
    '边界有尖刺：线走出去又原路返回（共 {n} 处）',
    'The border has a spike: the line runs out and back on itself ({n}×)',
  ),
  'self-crossing': entry('repairable', '边界自相交（共 {n} 处）', 'The border crosses itself ({n}×)'),
  'hole-outside': entry(
    'repairable',
    '内环落在外环之外，{area} m²',
    'A hole lies outside its outer ring, {area} m²',
  ),
  'rings-overlap': entry(
    'repairable',
    '同一网格的多个部分或内环互相重叠，{area} m²',
    'Parts or holes of the same grid overlap, {area} m²',
  ),
  overlap: entry(
    'repairable',
    '网格重叠：{n} 处，共 {area} m²，最大一处 {largest} m²、平均宽 {width} m',
    'Grids overlap ({n}×): {area} m² in all, the largest {largest} m², {width} m wide on average',
  ),
  gap: entry(
    'repairable',
    '网格之间有空隙：{n} 处，共 {area} m²，最大一处 {largest} m²、平均宽 {width} m',
    'Grids leave a gap ({n}×): {area} m² in all, the largest {largest} m², {width} m wide on average',
  ),
  hole: entry(
    'repairable',
    '网格内部有未覆盖的空洞：{n} 处，共 {area} m²，最大一处 {largest} m²',
    'The grid has a hole that no grid covers ({n}×): {area} m² in all, the largest {largest} m²',
  ),
  'near-miss': entry(
    'repairable',
    '相邻边界几乎重合但并不重合：{n} 处，最大间距 {width} m',
    'Borders nearly match but do not ({n}×): up to {width} m apart',
  ),
  sliver: entry(
    'repairable',
    '网格有狭长碎片：{n} 块，共 {area} m²，平均宽 {width} m',
    'A part of the grid is a sliver ({n}×): {area} m² in all, {width} m wide on average',
  ),
  vanished: entry(
    'error',
    '整个网格都被其他网格覆盖，修复后将不复存在',
    'The whole grid is covered by others; a repair would leave nothing of it',
  ),
  'kept-gap': entry(
    'note',
    '按要求保留的空洞：{n} 处，共 {area} m²；其中的事件不属于任何网格',
    'Kept empty as asked ({n}×): {area} m² in all; events there belong to no grid',
  ),
  'three-d': entry('note', '高程等第三维坐标已略去', 'Heights and other third coordinates are dropped'),
  orientation: entry('note', '环的方向与 RFC 7946 相反，已调整', 'Rings run against RFC 7946 and are turned'),
  'duplicate-point': entry('note', '连续重复的顶点已合并（{n} 个）', 'Repeated points are merged ({n}×)'),
  'self-touching': entry(
    'note',
    '边界与自身接触，已拆分为简单环（共 {n} 处）',
    'The border touches itself ({n}×); it is redrawn as simple rings',
  ),
  'missing-vertex': entry(
    'note',
    '相邻网格的顶点落在边上（误差 {width} m 以内），已补入该边（{n} 个）',
    "Neighbours' vertices on an edge, within {width} m, are written into it ({n}×)",
  ),
  pieces: entry('note', '全部网格分成互不相连的 {n} 片', 'The grids lie in {n} pieces that do not touch'),
} as const satisfies Record<string, Entry>

export type FaultCode = keyof typeof TABLE

export interface Found {
  readonly grids?: readonly string[]
  readonly at?: Position | null
  readonly count?: number
  readonly areaM2?: number
  /** Where the table's severity does not hold. */
  readonly severity?: Severity
  readonly words?: Readonly<Record<string, string | number>>
}

export function fault(code: FaultCode, found: Found = {}): BoundaryFault {
  const { severity, zh, en } = TABLE[code]
  const { grids = [], at = null, count = 1, areaM2, words = {} } = found
  const values = { n: count, ...(areaM2 === undefined ? {} : { area: rounded(areaM2) }), ...words }
  return {
    code,
    severity: found.severity ?? severity,
    grids,
    at,
    count,
    ...(areaM2 === undefined ? {} : { areaM2 }),
    zh: filled(zh, values),
    en: filled(en, values),
  }
}

export function blocks({ severity }: BoundaryFault): boolean {
  return severity !== 'note'
}

/** Three digits that matter: 1234567, 12.3, 0.00123. */
export function rounded(value: number): string {
  if (value === 0 || value >= 100) return value.toFixed(0)
  return String(Number(value.toPrecision(3)))
}

function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
