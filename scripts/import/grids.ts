import { readFile, stat, writeFile } from 'node:fs/promises'
import { fabricFromPolygons } from '../../geodata/polygons.ts'
import { blocks, type BoundaryFault } from '../../geodata/gate-faults.ts'
import { isObject, type Properties } from '../../geodata/gate-json.ts'
import { repairBoundaries, tilingOf, type TiledGrid } from '../../geodata/gate-repair.ts'
import { gridMapOf, type GridMap } from '../../geodata/gate-properties.ts'
import { checkBoundaries } from '../../geodata/gate.ts'
import { multiPolygon } from '../../geodata/topology.ts'
import { wake } from '../../db/wake.ts'
import { adopt, type Adopted, type Adoption } from '../../server/boundaries/actions.ts'
import type { NewSubdistrict } from '../../server/boundaries/store.ts'
import { count, IMPORT, withDatabase, type Opener } from './database.ts'
import { faultsGeoJson, printFaults, printRepair } from './grids-report.ts'
import type { GridsOptions } from './grids-options.ts'
import type { Voice } from './language.ts'
import { attributesOf, communitiesOf, type Attributes } from './properties.ts'
import { Wrong } from './usage.ts'

const MAX_BYTES = 400e6

/** Checks a file of boundaries, and takes it into force where that is asked for. True where nothing stands in the way. */
export async function importGrids(
  options: GridsOptions,
  voice: Voice,
  opened: Opener = withDatabase,
): Promise<boolean> {
  const json = await readJson(options.file)
  const map = gridMapOf(options.map, samplesOf(json))
  const { faults, tiling } = check(json, map, options, voice)
  if (options.faults !== undefined) await writeFile(options.faults, faultsGeoJson(faults))
  if (tiling === null) {
    const advice = !options.repair && faults.every(({ severity }) => severity !== 'error')
    if (advice)
      voice.complain({
        zh: '未写入。加 --repair 可按规则修复。',
        en: 'Nothing is written. --repair repairs by rule.',
      })
    else voice.complain({ zh: '未写入：请先更正文件。', en: 'Nothing is written: correct the file first.' })
    return false
  }
  const attributes = readAttributes(tiling, map, options, voice)
  if (attributes === null) return false
  if (options.out !== undefined) await writeFile(options.out, gridsGeoJson(tiling, attributes))
  if (!options.apply) {
    voice.say({
      zh: '检查通过，未写入；加 --apply 写入。',
      en: 'All is well; nothing is written. --apply writes it.',
    })
    return true
  }
  const adoption = adoptionOf(tiling, attributes, options)
  const adopted = await opened(voice, async (database) => {
    const done = await database.db.transaction(async (tx) => {
      const result = await adopt({ db: tx, actor: IMPORT, now: new Date() }, adoption)
      await wake(tx, 'trail')
      return result
    })
    await count(database)
    return done
  })
  printAdopted(adopted, voice)
  return true
}

async function readJson(file: string): Promise<unknown> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new Wrong(`无法读取文件 ${file}`, `The file ${file} cannot be read`, { cause })
  })
  if (size > MAX_BYTES)
    throw new Wrong(`文件超过 ${MAX_BYTES / 1e6} MB`, `The file has more than ${MAX_BYTES / 1e6} MB`)
  const text = decoded(await readFile(file))
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Wrong(`文件不是有效的 JSON：${reason}`, `The file is not valid JSON: ${reason}`, { cause })
  }
}

/** UTF-8 as the standard wants it, or GB 18030, which older Chinese programs write. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function samplesOf(json: unknown): readonly Properties[] {
  const features = isObject(json) ? json['features'] : undefined
  if (!Array.isArray(features)) return []
  return features.slice(0, 200).flatMap((feature: unknown) => {
    const properties = isObject(feature) ? feature['properties'] : undefined
    return isObject(properties) ? [properties] : []
  })
}

interface Outcome {
  readonly faults: readonly BoundaryFault[]
  readonly tiling: readonly TiledGrid[] | null
}

function check(json: unknown, map: GridMap, options: GridsOptions, voice: Voice): Outcome {
  const { crs, axes, toleranceM, gapM2, keepGaps, repair } = options
  const gate = { crs, axes, toleranceM, gapM2, keepGaps, codeProperty: map.code ?? 'code' }
  const shown = options.all ? Infinity : undefined
  const checked = checkBoundaries(json, gate)
  const mapped = Object.entries(map).map(([field, name]) => `${field}=${name}`)
  voice.say({
    zh: `${options.file}：${checked.grids.length} 个网格，坐标系 ${checked.crs}，属性 ${mapped.join(' ') || '（无）'}`,
    en: `${options.file}: ${checked.grids.length} grids, coordinates in ${checked.crs}, properties ${mapped.join(' ') || '(none)'}`,
  })
  printFaults(checked.faults, voice, shown)
  if (!repair || !checked.faults.some(blocks)) return { faults: checked.faults, tiling: tilingOf(checked) }
  const repaired = repairBoundaries(json, gate)
  if (repaired.after === null) return { faults: checked.faults, tiling: null }
  printRepair(repaired, voice, shown)
  voice.say({ zh: '修复后复查：', en: 'Checked again after the repair:' })
  printFaults(repaired.after.faults, voice, shown)
  return { faults: repaired.after.faults, tiling: tilingOf(repaired.after) }
}

function readAttributes(
  tiling: readonly TiledGrid[],
  map: GridMap,
  { kinds, all }: GridsOptions,
  voice: Voice,
): readonly Attributes[] | null {
  const read = tiling.map(({ code, properties }) => attributesOf(code, properties, map, kinds))
  const wrong = read.flatMap((item) => (item.ok ? [] : [item.why]))
  const shown = all ? wrong.length : 10
  for (const why of wrong.slice(0, shown)) voice.complain(why)
  const rest = wrong.length - shown
  if (rest > 0) voice.complain({ zh: `…另有 ${rest} 个网格`, en: `… and ${rest} grids more` })
  return wrong.length > 0 ? null : read.flatMap((item) => (item.ok ? [item.value] : []))
}

/** The fabric is made anew from the polygons that are stored: what it finds is the proof that they tile. */
function adoptionOf(
  tiling: readonly TiledGrid[],
  attributes: readonly Attributes[],
  options: GridsOptions,
): Adoption {
  const grids = attributes.map((grid, i) => ({ ...grid, geometry: multiPolygon(tiling[i]?.polygons ?? []) }))
  const { fabric, owner, overlaps, gaps } = fabricFromPolygons(grids)
  if (overlaps.length > 0 || (gaps.length > 0 && !options.keepGaps))
    throw new Error('the checked grids do not tile')
  return {
    subdistrict: options.subdistrict && subdistrictOf(options.subdistrict, attributes),
    communities: communitiesOf(attributes),
    grids,
    fabric,
    labels: new Map([...owner].map(([atom, index]) => [atom, grids[index]?.code ?? ''])),
    from: options.from,
    mode: options.replace ? 'replace' : 'first',
  }
}

/** A statistical code has six digits for the county, three for the sub-district and three for the community. */
function subdistrictOf(
  { code, ...named }: NonNullable<GridsOptions['subdistrict']>,
  grids: readonly Attributes[],
): NewSubdistrict {
  const beginnings = new Set(grids.map(({ community }) => /^\d{9}(?=\d{3}$)/.exec(community)?.[0] ?? ''))
  const [beginning = ''] = beginnings
  if (code !== null) return { code, ...named }
  if (beginnings.size === 1 && beginning !== '') return { code: beginning, ...named }
  throw new Wrong(
    '无法从社区代码得出街道代码：请用 --sub-district-code 指明',
    'The community codes do not tell the code of the sub-district: give it with --sub-district-code',
  )
}

function gridsGeoJson(tiling: readonly TiledGrid[], attributes: readonly Attributes[]): string {
  const features = attributes.map((grid, i) => ({
    type: 'Feature',
    properties: grid,
    geometry: multiPolygon(tiling[i]?.polygons ?? []),
  }))
  return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`
}

function printAdopted({ from, added, redrawn, closed }: Adopted, voice: Voice): void {
  const since =
    from === null ? { zh: '一直', en: 'always' } : { zh: from.toISOString(), en: from.toISOString() }
  voice.say({
    zh: `已写入：新增网格 ${added.length} 个，重划 ${redrawn.length} 个，停用 ${closed.length} 个；生效自 ${since.zh}`,
    en: `Written: ${added.length} grids added, ${redrawn.length} redrawn, ${closed.length} closed; in force from ${since.en}`,
  })
}
