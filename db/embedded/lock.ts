import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseRefusal } from '../refusal.ts'

/** SQLITE_BUSY */
const HELD = 5

export type FolderLock = { release(): void }

/**
 * Two processes on one PGlite folder lose acknowledged rows, and PGlite does not notice. The lock is SQLite's own
 * exclusive lock on an empty file: the system frees it when the process dies in whatever way, and it holds between
 * containers that share the folder, which a socket name does not.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pidFile = join(folder, 'embedded.pid')
  const lock = new DatabaseSync(join(folder, 'embedded.lock'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!isHeld(error)) throw error
    throw refusal(folder, pidFile)
  }
  writeFileSync(pidFile, `${process.pid}\n`)
  return {
    release() {
      rmSync(pidFile, { force: true })
      lock.close()
    },
  }
}

const isHeld = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === HELD

function refusal(folder: string, pidFile: string): DatabaseRefusal {
  const pid = readPid(pidFile)
  return new DatabaseRefusal(
    'locked',
    `数据目录 ${folder} 正被进程 ${pid} 使用；请先停止该进程，或用 DATA_DIR 另选目录。`,
    `The data folder ${folder} is in use by process ${pid}; stop that process first, or choose another folder with DATA_DIR.`,
  )
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || '?'
  } catch {
    return '?'
  }
}
