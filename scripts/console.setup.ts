import type { TestProject } from 'vitest/node'
import { copyDemo, seedDemos } from './demo.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of servers with the demo on the embedded database, one for each worker. */
    consoleUrls: readonly string[]
  }
}

/** Vitest global set-up of the `browser` project: files that run side by side must not see each other's events. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await seedDemos()
  const workers = Number(project.config.maxWorkers)
  const started = await Promise.all(Array.from({ length: workers }, startConsole))
  project.provide(
    'consoleUrls',
    started.map(({ url }) => url),
  )
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()))
  }
}

async function startConsole() {
  const demo = await copyDemo('embedded')
  const server = await startServer(demo.env)
  const stop = async () => {
    await server.stop()
    await demo.remove()
  }
  return { url: server.url, stop }
}
