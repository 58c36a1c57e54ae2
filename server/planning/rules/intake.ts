import type { Axes, Crs } from '#geo/crs'
import type { Fabric } from '#geo/fabric'
import { blocks, type BoundaryFault } from '#geo/gate-faults'
import { isObject, ringsOf, type Properties } from '#geo/gate-json'
import { gridMapOf, kindNamed, textOf, type GridMap } from '#geo/gate-properties'
import { repairBoundaries, tilingOf, type Repaired, type TiledGrid } from '#geo/gate-repair'
import { checkBoundaries, type Checked } from '#geo/gate'
import { areaM2 } from '#geo/metres'
import type { Draft, PlanGrid } from '#geo/plan/draft'
import { fabricOf } from '#geo/plan/drawing'
import { overlay, type Incoming } from '#geo/plan/overlay'
import { FITS_M, readingsOf, type Reading } from '#geo/plan/recognise'
import { pointWithin } from '#geo/plan/within'
import { area2, dissolve, locate } from '#geo/topology'
import type { Words } from '../../http/contract.ts'
import type { FileFault, FileReport } from '../contract/files.ts'

/** More vertices than this are no division of a sub-district into grids. */
const MAX_VERTICES = 300_000
const MAX_NAME = 40

/** What a file holds, read from whatever format. */
export interface Content {
  readonly format: FileReport['format']
  readonly encoding: FileReport['encoding']
  readonly collection: unknown
  readonly named: Crs | null
  readonly namedAs: string | null
}

export interface Wanted {
  readonly crs?: Crs | undefined
  readonly axes?: Axes | undefined
  readonly repair?: 'yes' | undefined
}

export interface Examined {
  readonly report: FileReport
  /** The plan that the file would make; null while something stands in the way. */
  readonly draft: Draft | null
}

/** Reads a file of boundaries against a plan: what it is in, what is wrong with it, and the draft that it would make. */
export function examine(content: Content, base: Draft, wanted: Wanted): Examined {
  const features = featuresOf(content.collection)
  const count = features.reduce<number>((sum, feature) => sum + vertices(feature), 0)
  if (count > MAX_VERTICES) return refused(content, tooMany(count))
  const readings = readingsOf(features, base)
  const { crs, axes } = chosen(content, readings, wanted)
  const map = gridMapOf({}, features.slice(0, 200).flatMap(propertiesOf))
  const options = { crs, axes, codeProperty: map.code ?? 'code' }
  const collection = { type: typeOf(content.collection), features }
  const first = checkBoundaries(collection, options)
  const repaired = wanted.repair && first.faults.some(blocks) ? repairBoundaries(collection, options) : null
  const checked = repaired?.after ?? first
  const tiling = tilingOf(checked)
  const incoming = tiling && incomingOf(tiling, map, base)
  const draft = incoming && overlay(base, incoming)
  return {
    draft,
    report: reportOf(content.format, {
      encoding: content.encoding,
      namedAs: content.namedAs,
      readings: readings.map(rounded),
      crs,
      axes,
      grids: checked.grids.length,
      faults: checked.faults.map(told),
      repaired: repaired && repairOf(repaired),
      ready: draft !== null,
      ...changesOf(base, checked, draft),
    }),
  }
}

function featuresOf(collection: unknown): readonly unknown[] {
  const features = isObject(collection) ? collection['features'] : undefined
  return Array.isArray(features) ? features : []
}

const typeOf = (collection: unknown): unknown => (isObject(collection) ? collection['type'] : undefined)

const vertices = (feature: unknown): number => ringsOf(feature).reduce((sum, ring) => sum + ring.length, 0)

function propertiesOf(feature: unknown): readonly Properties[] {
  const properties = isObject(feature) ? feature['properties'] : undefined
  return isObject(properties) ? [properties] : []
}

/** What the person says, then what the file says where that fits, then what fits. */
function chosen(
  { named }: Content,
  readings: readonly Reading[],
  { crs, axes }: Wanted,
): Pick<Reading, 'crs' | 'axes'> {
  const order = axes ?? readings[0]?.axes ?? 'east-first'
  if (crs) return { crs, axes: order }
  const own = readings.find((reading) => reading.crs === named)
  if (own && own.offM <= FITS_M) return { crs: own.crs, axes: order }
  const [best] = readings
  if (best && best.offM <= FITS_M) return { crs: best.crs, axes: order }
  return { crs: named ?? best?.crs ?? '4326', axes: order }
}

type Changes = Pick<FileReport, 'ends' | 'begins' | 'reshaped' | 'outside'>

/** A report in which nothing is found but what is given. */
export function reportOf(format: FileReport['format'], found: Partial<FileReport>): FileReport {
  return {
    format,
    encoding: 'utf-8',
    namedAs: null,
    readings: [],
    crs: null,
    axes: 'east-first',
    grids: 0,
    faults: [],
    repaired: null,
    ready: false,
    ends: [],
    begins: [],
    reshaped: 0,
    moved: 0,
    outside: { addedM2: 0, lostM2: 0 },
    ...found,
  }
}

function refused({ format, encoding, namedAs }: Content, words: Words): Examined {
  const fault = {
    code: 'too-many-vertices',
    severity: 'error',
    grids: [],
    at: null,
    count: 1,
    words,
  } as const
  return { draft: null, report: reportOf(format, { encoding, namedAs, faults: [{ ...fault, grids: [] }] }) }
}

function tooMany(count: number): Words {
  return {
    zh: `顶点过多：${count} 个，一次最多 ${MAX_VERTICES} 个；请先抽稀。`,
    en: `Too many vertices: ${count}, at most ${MAX_VERTICES} are taken at once; simplify the borders first.`,
  }
}

function rounded({ crs, axes, eastM, northM, offM }: Reading): FileReport['readings'][number] {
  const tenth = (value: number): number => Math.round(value * 10) / 10
  return { crs, axes, eastM: tenth(eastM), northM: tenth(northM), offM: tenth(offM) }
}

function told({ code, severity, grids, at, count, zh, en }: BoundaryFault): FileFault {
  return { code, severity, grids: [...grids], at: at && [at[0], at[1]], count, words: { zh, en } }
}

function repairOf({ moves, joined, inserted }: Repaired): NonNullable<FileReport['repaired']> {
  return {
    places: moves.length,
    areaM2: Math.round(moves.reduce((sum, move) => sum + move.areaM2, 0) * 10) / 10,
    joined: joined + inserted,
  }
}

/** Grids that the plan knows by their code keep what it knows of them. */
function incomingOf(tiling: readonly TiledGrid[], map: GridMap, base: Draft): readonly Incoming[] {
  const known = new Map([...base.grids.values()].map((grid) => [grid.code, grid]))
  const begin = beginner(base, map)
  return tiling.map((tile) => {
    const before = known.get(tile.code)
    const name = textOf(tile.properties, map, 'name').slice(0, MAX_NAME)
    const grid = before ? { ...before, name: name || before.name } : begin(tile, name)
    return { grid, polygons: tile.polygons }
  })
}

/** Makes grids that are new, like the one whose ground they take where the file does not say otherwise. */
function beginner(base: Draft, map: GridMap): (tile: TiledGrid, name: string) => PlanGrid {
  const ground: Fabric = { nodes: [], arcs: [...base.arcs.values()], atoms: [] }
  const communities = new Set([...base.grids.values()].map(({ community }) => community))
  let next = base.next.grid
  return ({ code, properties, polygons }, name) => {
    const [atom = 0] = locate(ground, pointWithin(polygons[0] ?? []))
    const under = base.grids.get(base.labels.get(atom) ?? 0)
    const said = [textOf(properties, map, 'community'), code.slice(0, 12), under?.community]
    return {
      key: next--,
      code: null,
      name: name || code,
      nameEn: textOf(properties, map, 'name-en').slice(0, MAX_NAME) || name || code,
      kind: kindNamed(textOf(properties, map, 'kind')) ?? under?.kind ?? 'urban-comprehensive',
      community: said.find((one) => one !== undefined && communities.has(one)) ?? '',
      worker: null,
      station: null,
      locked: false,
    }
  }
}

function changesOf(base: Draft, checked: Checked, draft: Draft | null): Changes {
  const codes = new Set(checked.grids.map(({ code }) => code))
  const known = new Set([...base.grids.values()].map(({ code }) => code))
  const ends = [...known].flatMap((code) => (code === null || codes.has(code) ? [] : [code]))
  const begins = [...codes].filter((code) => !known.has(code))
  if (!draft) return { ends, begins, reshaped: 0, outside: { addedM2: 0, lostM2: 0 } }
  const [before, after] = [base, draft].map((side) => dissolve(fabricOf(side), side.labels))
  const reshaped = [...base.grids.keys()].filter(
    (key) => after?.has(key) && area2(after.get(key) ?? []) !== area2(before?.get(key) ?? []),
  ).length
  const change = wholeM2(draft) - wholeM2(base)
  return { ends, begins, reshaped, outside: { addedM2: Math.max(0, change), lostM2: Math.max(0, -change) } }
}

function wholeM2(draft: Draft): number {
  const whole = dissolve(fabricOf(draft), new Map([...draft.atoms.keys()].map((id) => [id, 'all']))).get(
    'all',
  )
  return Math.round((whole ?? []).reduce((sum, polygon) => sum + areaM2(polygon), 0))
}
