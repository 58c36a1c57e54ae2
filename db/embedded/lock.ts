import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseRefusal } from '../refusal.ts'

/** SQLITE_BUSY */
const HELD = 5

/** Held from here as well, since a lock that is garbage-collected is free. */
const locks = new Set<DatabaseSync>()

export type FolderLock = { release(): void }

/**
 * Two processes on one PGlite folder lose acknowledged rows, and PGlite does not notice. The lock is SQLite's own
 * exclusive lock on an empty file: the system frees it when the process dies in whatever way, and it holds between
 * containers that share the folder, which a socket name does not.
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, 'embedded.pid')
  const lock = openLock(folder)
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw isHeld(error) ? held(folder, readPid(pidFile)) : unusable(folder, error)
  }
  locks.add(lock)
  writeFileSync(pidFile, `${process.pid}\n`)
  return {
    release() {
      locks.delete(lock)
      rmSync(pidFile, { force: true })
      lock.close()
    },
  }
}

function openLock(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return new DatabaseSync(join(folder, 'embedded.lock'))
  } catch (error) {
    throw unusable(folder, error)
  }
}

const isHeld = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === HELD

const held = (folder: string, pid: string) =>
  new DatabaseRefusal(
    'locked',
    `数据目录 ${folder} 正被进程 ${pid} 使用；请先停止该进程，或用 DATA_DIR 另选目录。`,
    `The data folder ${folder} is in use by process ${pid}; stop that process first, or choose another folder with DATA_DIR.`,
  )

function unusable(folder: string, cause: unknown): DatabaseRefusal {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new DatabaseRefusal(
    'cannot-open',
    `数据目录 ${folder} 无法使用（${reason}）；请检查目录权限，或用 DATA_DIR 另选目录。`,
    `The data folder ${folder} cannot be used (${reason}); check its rights, or choose another folder with DATA_DIR.`,
    { cause },
  )
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || '?'
  } catch {
    return '?'
  }
}
