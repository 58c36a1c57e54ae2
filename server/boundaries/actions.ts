import type { Fabric } from '#geo/fabric'
import type { Position } from '#geo/geojson'
import type { Words } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse, type Refusal } from '../http/problems.ts'
import { append } from '../trail/store.ts'
import {
  awaitSwitch,
  closeAt,
  lockGround,
  readGround,
  saveBoundaries,
  saveCommunities,
  saveGrids,
  savePlan,
  saveSubdistrict,
  type Ground,
  type NewCommunity,
  type NewGrid,
  type NewSubdistrict,
} from './store.ts'

/** A checked tiling that is to be the ground from an instant on. */
export interface Adoption {
  /** Needed where the database has none yet. */
  readonly subdistrict: NewSubdistrict | null
  readonly communities: readonly NewCommunity[]
  readonly grids: readonly NewGrid[]
  readonly fabric: Fabric
  /** Atom → grid code. */
  readonly labels: ReadonlyMap<number, string>
  /** Null: now for a replacement, always for the first boundaries, since nothing was there before. */
  readonly from: Date | null
  /** Whether boundaries in force may be closed. */
  readonly mode: 'first' | 'replace'
}

export interface Adopted {
  readonly subdistrict: string
  readonly from: Date | null
  readonly added: readonly string[]
  readonly redrawn: readonly string[]
  readonly closed: readonly string[]
}

/** Takes a tiling into force, inside the caller's transaction. Boundaries that it replaces end; none is deleted. */
export async function adopt(ctx: Ctx, adoption: Adoption): Promise<Adopted> {
  await lockGround(ctx.db)
  const at = adoption.from ?? ctx.now
  const ground = await readGround(ctx.db, at)
  const refusal = refusalOf(ground, adoption, at)
  if (refusal) throw refusal

  const { grids, communities, subdistrict } = adoption
  const from = ground.grids.length === 0 ? adoption.from : at
  if (ground.grids.length > 0) await closeAt(ctx.db, at)
  if (subdistrict) await saveSubdistrict(ctx.db, subdistrict, centerOf(grids))
  await saveCommunities(ctx.db, communities)
  await saveGrids(ctx.db, grids)
  await saveBoundaries(ctx.db, grids, from)
  await savePlan(
    ctx.db,
    { ...adoption, name: `导入 ${ctx.now.toISOString().slice(0, 10)}` },
    { now: ctx.now, from },
  )
  if (ground.grids.length > 0) await awaitSwitch(ctx.db)

  const wanted = new Set(grids.map(({ code }) => code))
  const inForce = ground.grids.filter((grid) => grid.inForce).map(({ code }) => code)
  const known = new Set(inForce)
  const adopted: Adopted = {
    subdistrict: subdistrict?.code ?? ground.subdistrict?.code ?? '',
    from,
    added: [...wanted].filter((code) => !known.has(code)),
    redrawn: inForce.filter((code) => wanted.has(code)),
    closed: inForce.filter((code) => !wanted.has(code)),
  }
  const subject = `subdistrict/${adopted.subdistrict}`
  await append(ctx.db, [{ step: 'grids.adopted', subject, actor: ctx.actor.id, at: ctx.now, data: adopted }])
  return adopted
}

/** Why this tiling cannot become the ground; null where it can. */
function refusalOf(ground: Ground, adoption: Adoption, at: Date): Refusal | null {
  const why =
    wrongPlace(ground, adoption) ??
    (adoption.mode === 'first' ? taken(ground) : null) ??
    later(ground, at) ??
    reuse(ground, adoption)
  return why && refuse('conflict', why)
}

function wrongPlace({ subdistrict: known }: Ground, { subdistrict }: Adoption): Words | null {
  if (known?.demo) return DEMO
  if (!known) return subdistrict ? null : NAMELESS
  return subdistrict && known.code !== subdistrict.code ? otherThan(known) : null
}

const DEMO: Words = {
  zh: '该数据库存放的是演示街道；请用 DATA_DIR 或 DATABASE_URL 指定一个新的数据库。',
  en: 'This database holds the demo; choose a fresh one with DATA_DIR or DATABASE_URL.',
}

const NAMELESS: Words = {
  zh: '数据库中还没有街道：请用 --sub-district-name 指明。',
  en: 'The database has no sub-district yet: name it with --sub-district-name.',
}

function otherThan({ code, name }: { readonly code: string; readonly name: string }): Words {
  return {
    zh: `数据库属于 ${name}（${code}）；另一街道请使用另一个数据库。`,
    en: `The database belongs to ${name} (${code}); use another database for another sub-district.`,
  }
}

function taken({ grids }: Ground): Words | null {
  const count = grids.filter(({ inForce }) => inForce).length
  if (count === 0) return null
  return {
    zh: `已有 ${count} 个网格的边界生效；要以此文件替换，请加 --replace（原边界按时间截止，不会删除）。`,
    en: `${count} grids have boundaries in force; give --replace to end them and put these in their place (nothing is deleted).`,
  }
}

function later({ newestFrom }: Ground, at: Date): Words | null {
  if (newestFrom === null || newestFrom < at.getTime()) return null
  const instant = new Date(newestFrom).toISOString()
  return {
    zh: `已有边界自 ${instant} 起生效；新边界的生效时间（--from）须晚于它。`,
    en: `There are boundaries in force from ${instant}; the new ones must begin after that (--from).`,
  }
}

function reuse(ground: Ground, { grids }: Adoption): Words | null {
  const retired = new Set(ground.grids.filter(({ inForce }) => !inForce).map(({ code }) => code))
  const reused = grids.filter(({ code }) => retired.has(code)).map(({ code }) => code)
  if (reused.length === 0) return null
  const some = reused.slice(0, 10).join(', ') + (reused.length > 10 ? ', …' : '')
  return {
    zh: `编码已停用，不能再次使用：${some}`,
    en: `Codes that were retired are never used again: ${some}`,
  }
}

/** The middle of the extent. */
function centerOf(grids: readonly NewGrid[]): Position {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { geometry } of grids) {
    for (const [lng, lat] of geometry.coordinates.flat(2)) {
      west = Math.min(west, lng)
      south = Math.min(south, lat)
      east = Math.max(east, lng)
      north = Math.max(north, lat)
    }
  }
  return [(west + east) / 2, (south + north) / 2]
}
