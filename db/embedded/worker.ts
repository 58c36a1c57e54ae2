import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { DurableNodeFS, startParams } from './durable.ts'
import { join } from './frames.ts'
import { catchThrows, catchTraps, type EmscriptenOptions } from './lost.ts'
import type { FromWorker, Opening, ToWorker } from './messages.ts'
import { restoreStack } from './stack.ts'

/** The thread that PGlite lives in: whatever a query does, the main thread's event loop goes on. */

const port = parentPort
if (port === null) throw new Error('db/embedded/worker.ts runs as a worker thread only')
const { folder, postgisBundle, channel, verbose } = workerData as Opening
const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

/** PostgreSQL flushes every 8 KB; the other thread is not woken for less than this. */
const PORTION = 256 * 1024

function onLost(reason: string): never {
  say({ kind: 'lost', reason })
  process.exit(1)
}

/** The stock extension object would load the full bundle with three 16 MB modules, of which one is used. */
const postgis = {
  name: 'postgis',
  setup: async (
    _lite: unknown,
    emscriptenOpts: EmscriptenOptions & { PGLITE_ENV: Record<string, unknown> },
  ) => {
    emscriptenOpts.PGLITE_ENV['PROJ_DATA'] = '/pglite/share/proj'
    catchThrows(emscriptenOpts, onLost)
    return { emscriptenOpts, bundlePath: new URL(postgisBundle) }
  },
}

const lite = await PGlite.create({
  fs: new DurableNodeFS(folder),
  extensions: { postgis, btree_gist, pg_trgm },
  startParams: [...startParams],
  debug: verbose === true ? 1 : 0,
})
restoreStack(lite)
catchTraps(lite, onLost)
// There is one session, so whoever listens does it here once.
await lite.exec(`LISTEN "${channel}"`)

async function run(batch: Uint8Array): Promise<void> {
  let portion: Uint8Array[] = []
  let size = 0
  const flush = () => {
    const bytes = join(portion)
    portion = []
    size = 0
    say({ kind: 'answer', bytes }, [bytes.buffer])
  }
  await lite.execProtocolRawStream(batch, {
    syncToFs: false,
    onRawData: (bytes) => {
      // A copy: PGlite passes a view of the wasm memory.
      portion.push(bytes.slice())
      size += bytes.length
      if (size > PORTION) flush()
    },
  })
  flush()
  say({ kind: 'done' })
}

async function close(): Promise<never> {
  await lite.close()
  process.exit(0)
}

port.on('message', (message: ToWorker) => {
  const work = message.kind === 'run' ? run(message.batch) : close()
  work.catch((error: unknown) => onLost(String(error)))
})
say({ kind: 'ready' })
