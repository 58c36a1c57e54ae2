import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { certificateOf } from '#geo/plan/certificate'
import type { Draft } from '#geo/plan/draft'
import { draftFrom, fabricOf, type Drawing } from '#geo/plan/drawing'
import { dissolve, multiPolygon } from '#geo/topology'
import type { QueryOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { Ready } from '../../http/ready.ts'
import type { Origin, Scenario } from '../contract.ts'
import type { checkFile, exportFile, FileReport, importFile } from '../contract/files.ts'
import { writeAssignments } from '../formats/assignments.ts'
import type { PlanFeature } from '../formats/features.ts'
import { writeLayer } from '../formats/write.ts'
import { insertScenario } from '../store.ts'
import { mustFind, shownOf, tell } from './draft.ts'
import type { Finding, Task } from './examiner.ts'
import { nameOf, originOf, roleOf } from './fork.ts'
import type { Studio } from './studio.ts'

type Bytes = Uint8Array | null

/** What the file is and would change; writes nothing. */
export async function check(
  ctx: Ctx,
  studio: Studio,
  { kind, id, ...wanted }: QueryOf<typeof checkFile>,
  file: Bytes,
): Promise<FileReport> {
  const { drawing } = await originOf(ctx, studio, { kind, id })
  return (await examined(file, drawing, wanted)).report
}

/** The file as a new draft: reading it takes seconds, so that the transaction begins only when it is done. */
export async function take(
  ctx: Ctx,
  studio: Studio,
  { kind, id, name: given, ...wanted }: QueryOf<typeof importFile>,
  file: Bytes,
): Promise<Scenario> {
  const name = nameOf(given)
  const from: Origin = { kind, id }
  const { drawing: base, basePlan } = await originOf(ctx, studio, from)
  const { report, drawing } = await examined(file, base, wanted)
  if (drawing === null) throw notReady(report)
  return await ctx.db.transaction(async (tx) => {
    const inner = { ...ctx, db: tx }
    const made = await insertScenario(tx, {
      name,
      from,
      basePlan,
      drawing,
      by: ctx.actor.account,
      at: ctx.now,
    })
    const scenario = await mustFind(tx, made)
    await tell(inner, 'forked', scenario, { role: roleOf(ctx), from, name, steps: 0, file: report.format })
    return shownOf(scenario)
  })
}

function notReady({ faults }: FileReport) {
  const first = faults.find(({ severity }) => severity !== 'note')
  return refuse('refused', {
    zh: `文件不能作为方案：${first?.words.zh ?? ''}`,
    en: `The file cannot become a draft: ${first?.words.en ?? ''}`,
  })
}

const PATIENCE_MS = 60_000
const MEMORY_MB = 1024

/** One file at a time: two would only be slower together. */
let last: Promise<unknown> = Promise.resolve()

/** In a thread of its own, so that the map goes on, and a file made to exhaust memory or time ends the thread and not the server. */
function examined(
  file: Bytes,
  base: Drawing,
  wanted: Task['wanted'],
): Promise<Exclude<Finding, { unreadable: unknown }>> {
  const turn = last.then(() => inThread({ bytes: file ?? new Uint8Array(), base, wanted }))
  last = turn.catch(() => {})
  return turn
}

async function inThread(workerData: Task): Promise<Exclude<Finding, { unreadable: unknown }>> {
  const worker = new Worker(new URL('./examiner.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    execArgv: [],
  })
  const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS)
  try {
    const found = await new Promise<Finding>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('the reader ended without an answer')))
    })
    if ('unreadable' in found) throw refuse('bad-file', found.unreadable)
    return found
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw tooMuch()
    if (error instanceof Error && error.message === 'the reader ended without an answer') throw tooMuch()
    throw error
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function tooMuch() {
  return refuse('bad-file', {
    zh: '文件过于复杂，无法在限定的时间与内存内读取。',
    en: 'The file is too complex to be read within the time and memory that are given to it.',
  })
}

/** A plan or draft as a file. Equal plans make equal files, and the certificate has the sum (of the features, as GeoJSON) by which one can tell. */
export async function write(
  ctx: Ctx,
  studio: Studio,
  { kind, id, format }: QueryOf<typeof exportFile>,
): Promise<Ready> {
  const { drawing } = await originOf(ctx, studio, { kind, id })
  const draft = draftFrom(drawing)
  const name = `${kind}-${id}`
  if (format === 'assignments')
    return new Ready(writeAssignments(draft), { filename: `${name}.csv`, media: 'text/csv' })
  const features = featuresOf(draft)
  const sha256 = createHash('sha256').update(JSON.stringify(features)).digest('hex')
  const certificate = { plan: name, ...certificateOf(draft), sha256 }
  const { bytes, ending } = await writeLayer(format, name, features, certificate)
  return new Ready(bytes, { filename: `${name}${ending}` })
}

function featuresOf(draft: Draft): readonly PlanFeature[] {
  const shapes = dissolve(fabricOf(draft), draft.labels)
  return [...draft.grids.values()].map(({ key, code, name, nameEn, kind, community }) => ({
    type: 'Feature',
    // A grid without a code is known by its name until the plan is approved.
    properties: { code: code ?? name, name, name_en: nameEn, kind, community },
    geometry: multiPolygon(shapes.get(key) ?? []),
  }))
}
