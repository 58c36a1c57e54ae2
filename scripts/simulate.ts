import { parseArgs } from 'node:util'
import { signedIn } from './server.ts'

/**
 * Reports invented events through the public API at a chosen rate, so that the live map can be watched:
 * npm run simulate -- --rate 2 --seconds 60 --url http://127.0.0.1:8080
 * It signs in by a button of the demo.
 */
const HELP = `npm run simulate -- [--rate N] [--seconds N] [--url URL] [--login NAME]
  --rate     events per second, default 1
  --seconds  how long, default until stopped with Ctrl+C
  --url      the server, default http://127.0.0.1:8080
  --login    an account of the demo, default acceptor1`

interface Place {
  readonly position: readonly [number, number]
  readonly address: string
}

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '0' },
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    login: { type: 'string', default: 'acceptor1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const SOURCES = [
  'grid-worker',
  'grid-worker',
  'grid-worker',
  'hotline-12345',
  'patrol',
  'public',
  'video',
] as const

type Door = Awaited<ReturnType<typeof signedIn>>

async function read<T>(path: string, door: Door): Promise<T> {
  const reply = await fetch(new URL(path, values.url), { headers: door })
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
  return (await reply.json()) as T
}

function pick<T>(list: readonly T[]): T {
  const item = list[Math.floor(Math.random() * list.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** Doorsteps of the known buildings, or labels of the grids where an installation has no buildings. */
async function places(door: Door): Promise<Place[]> {
  interface Building {
    readonly properties: { readonly address: string }
    readonly geometry: { readonly coordinates: readonly (readonly (readonly [number, number])[])[] }
  }
  const buildings = await read<{ features: readonly Building[] }>('/api/places/buildings', door)
  const doors = buildings.features.flatMap(({ properties, geometry }) => {
    const corner = geometry.coordinates[0]?.[0]
    return corner === undefined ? [] : [{ position: corner, address: properties.address }]
  })
  if (doors.length > 0) return doors
  const grids = await read<{
    features: readonly { properties: { name: string; label: [number, number] } }[]
  }>('/api/grids', door)
  return grids.features.map(({ properties }) => ({ position: properties.label, address: properties.name }))
}

async function report(place: Place, category: string, door: Door): Promise<string> {
  const reply = await fetch(new URL('/api/events', values.url), {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      position: place.position,
      category,
      source: pick(SOURCES),
      address: place.address,
      description: '模拟上报',
    }),
  })
  const body = (await reply.json()) as { number?: string; grid?: { name: string } | null; detail?: string }
  if (!reply.ok) throw new Error(`${reply.status} ${body.detail ?? ''}`)
  return `${body.number ?? ''}  ${category}  ${body.grid?.name ?? '—'}  ${place.address}`
}

async function main(): Promise<void> {
  const rate = Number(values.rate)
  const seconds = Number(values.seconds)
  if (values.help || !(rate > 0 && rate <= 200) || !(seconds >= 0)) {
    console.log(HELP)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const door = await signedIn(values.url, values.login)
  const [known, categories] = await Promise.all([
    places(door),
    read<{ code: string }[]>('/api/categories', door),
  ])
  const total = seconds === 0 ? Infinity : Math.round(rate * seconds)
  const start = performance.now()
  for (let i = 0; i < total; i++) {
    const wait = start + (i * 1000) / rate - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    report(pick(known), pick(categories).code, door).then(console.log, (error: unknown) =>
      console.error(String(error)),
    )
  }
}

await main().catch((error: unknown) => {
  console.error(`${values.url}: ${String(error)}`)
  process.exitCode = 1
})
