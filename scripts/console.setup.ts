import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a server with the demo on the embedded database, for all browser tests of a run. */
    consoleUrl: string
  }
}

/** Vitest global set-up of the `browser` project; tests read the address by `inject('consoleUrl')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wangge-console-'))
  const server = await startServer({ DATA_DIR: dataDir })
  project.provide('consoleUrl', server.url)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
