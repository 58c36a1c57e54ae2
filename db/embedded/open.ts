import { join } from 'node:path'
import type { Connected, Log } from '../open.ts'
import { openFolder } from './folder.ts'
import { lockFolder } from './lock.ts'
import { startUpkeep } from './upkeep.ts'
import { fillFromTemplate } from './template.ts'

type Options = { readonly dataDir: string; readonly patienceMs: number; readonly log: Log }

/** The embedded database of a data folder: locked, made from the template if it is new, and kept tidy. */
export async function openEmbedded({ dataDir, patienceMs, log }: Options): Promise<Connected> {
  const lock = lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'embedded')
    await fillFromTemplate(folder, log)
    const connected = await openFolder({ folder, patienceMs, log })
    const upkeep = startUpkeep(connected.pool, log)
    return {
      ...connected,
      close: async () => {
        await upkeep.stop()
        await connected.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
