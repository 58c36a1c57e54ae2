import { closeSync, fsyncSync, openSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/**
 * PGlite never calls fsync: its start parameters say -F, and Emscripten's NODEFS has no such operation, so a power cut
 * leaves a folder that cannot be opened. This file system has the operation. `sync` is a parameter to let a test count.
 */
export class DurableNodeFS extends NodeFS {
  readonly #sync: (fd: number) => void

  constructor(folder: string, sync: (fd: number) => void = fsyncSync) {
    super(folder)
    this.#sync = sync
  }

  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...given)
    const syncFolder = (path: string) => {
      const fd = openSync(path, 'r')
      try {
        this.#sync(fd)
      } finally {
        closeSync(fd)
      }
    }
    const addFsync = (module: EmscriptenModule) => {
      const nodefs = module.FS.filesystems.NODEFS
      nodefs.stream_ops.fsync = ({ node, nfd }) => {
        if (module.FS.isDir(node.mode)) syncFolder(nodefs.realPath(node))
        else if (nfd !== undefined) this.#sync(nfd)
        return 0
      }
    }
    const preRun = emscriptenOpts.preRun as unknown as ((module: EmscriptenModule) => void)[]
    preRun.push(addFsync)
    return { emscriptenOpts }
  }
}

/** The parts of Emscripten's file system that the published types leave out. */
type Node = { readonly mode: number }
type EmscriptenModule = {
  readonly FS: {
    isDir(mode: number): boolean
    readonly filesystems: {
      readonly NODEFS: {
        realPath(node: Node): string
        stream_ops: { fsync?: (stream: { node: Node; nfd?: number }) => number }
      }
    }
  }
}

/** wal_sync_method must be fsync: the wasm build stubs fdatasync out. The WAL limit bounds the time of a recovery. */
export const startParams: readonly string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'max_wal_size=128MB',
  '-c',
  'timezone=UTC',
]
