import { constants, existsSync } from 'node:fs'
import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ensureExtensions } from '../extensions.ts'
import type { Log } from '../open.ts'
import { openFolder } from './folder.ts'
import { cacheFolder, versions } from './installed.ts'

/** Raised when the way a template is made changes. */
const RECIPE = 1

const PATIENCE_MS = 300_000

/** Gives a new database its folder: initdb and PostGIS take 15 s, a copy of the template under one. */
export async function fillFromTemplate(folder: string, log: Log): Promise<void> {
  if (existsSync(folder)) return
  const template = await prepareTemplate(log)
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(template, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE })
  await syncTree(unfinished)
  await rename(unfinished, folder)
  await syncOne(dirname(folder))
}

/** Makes the template once for each version of what it is made of, and answers its folder. */
export async function prepareTemplate(log: Log): Promise<string> {
  const template = join(cacheFolder(), `template-${versions.pglite}-${versions.postgis}-${RECIPE}`)
  if (existsSync(template)) return template
  log('preparing the embedded database, once for this installation')
  await removeStale(template)
  const unfinished = `${template}.${process.pid}`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const database = await openFolder({ folder: unfinished, patienceMs: PATIENCE_MS, log })
  try {
    await database.dedicated(ensureExtensions)
    await database.pool.query('VACUUM (FREEZE, ANALYZE)')
    await database.pool.query('CHECKPOINT')
  } finally {
    await database.close()
  }
  await syncTree(unfinished)
  // Another process may have been faster; its template is as good.
  await rename(unfinished, template).catch(() => rm(unfinished, { recursive: true, force: true }))
  return template
}

/** Templates of other versions, and those whose maker died; 60 MB each. */
async function removeStale(current: string): Promise<void> {
  for (const name of await readdir(dirname(current))) {
    const path = join(dirname(current), name)
    const maker = Number(/\.(\d+)$/.exec(name)?.[1] ?? Number.NaN)
    if (!name.startsWith('template-') || path === current || isRunning(maker)) continue
    await rm(path, { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return !Number.isNaN(pid) && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** After a power cut the folder is either absent or whole: its rename must not reach the disk before its content. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  // Several at a time, so that the file system writes its journal once for all of them.
  const next = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncOne(path)
  }
  await Promise.all(Array.from({ length: 8 }, next))
  await syncOne(folder)
}

async function syncOne(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.sync().finally(() => file.close())
}
