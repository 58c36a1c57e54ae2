import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files named by the SHA-256 of what they hold, in folders by its first two digits. */
export interface Files {
  /** Keeps the bytes, safe from a power cut, and answers their name. */
  readonly put: (bytes: Buffer) => Promise<string>
  /** Null where there is no such file. */
  readonly read: (name: string) => Promise<Buffer | null>
  /** Deletes what is older than an instant and not wanted; answers how many. */
  readonly sweep: (
    before: Date,
    unwanted: (names: readonly string[]) => Promise<readonly string[]>,
  ) => Promise<number>
}

const NAME = /^[0-9a-f]{64}$/
const FOLDER = /^[0-9a-f]{2}$/
/** What was being written or deleted when the power went. */
const LEFT_OVER = /^\.(new|old)-/

export function filesIn(root: string): Files {
  const folderOf = (name: string) => join(root, name.slice(0, 2))
  const pathOf = (name: string) => join(folderOf(name), name)

  async function put(bytes: Buffer): Promise<string> {
    const name = createHash('sha256').update(bytes).digest('hex')
    const folder = folderOf(name)
    await mkdir(folder, { recursive: true })
    const path = join(folder, `.new-${randomUUID()}`)
    const file = await open(path, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    // Also where it is there already: it is young again, and no sweep takes it for forgotten.
    await rename(path, pathOf(name))
    await syncFolder(folder)
    return name
  }

  async function read(name: string): Promise<Buffer | null> {
    return await readFile(pathOf(name)).catch(nullIfMissing)
  }

  async function sweep(before: Date, unwanted: (names: readonly string[]) => Promise<readonly string[]>) {
    let count = 0
    for (const folder of (await readdir(root).catch(emptyIfMissing)).filter((name) => FOLDER.test(name))) {
      const names = await readdir(join(root, folder))
      for (const name of names.filter((one) => LEFT_OVER.test(one)))
        count += await dropOld(join(root, folder, name), before)
      const whole = names.filter((one) => NAME.test(one))
      for (const name of whole.length === 0 ? [] : await unwanted(whole))
        count += await dropOld(pathOf(name), before)
    }
    return count
  }

  return { put, read, sweep }
}

/**
 * Deletes a file unless it is younger than an instant. It is moved aside before its age is asked: one that was put there anew
 * meanwhile is young, and goes back.
 */
async function dropOld(path: string, before: Date): Promise<0 | 1> {
  const found = await stat(path).catch(nullIfMissing)
  if (found === null || found.mtime >= before) return 0
  const aside = join(path, '..', `.old-${randomUUID()}`)
  await rename(path, aside)
  if ((await stat(aside)).mtime >= before) {
    await rename(aside, path)
    return 0
  }
  await rm(aside)
  return 1
}

/** The name of a new file lasts once its folder is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}

function emptyIfMissing(error: unknown): string[] {
  if (isMissing(error)) return []
  throw error
}
