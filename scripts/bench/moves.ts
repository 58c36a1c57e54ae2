import { signedIn } from '../server.ts'
import type { Field } from './intake.ts'
import { print, quantile } from './ratio.ts'

const PER_SECOND = 50
const SECONDS = 60
/** A case is moved again only after its answer, so that there are always some that rest. */
const CASES = 500

interface Order {
  readonly move: string
  readonly [name: string]: unknown
}

/** A life without a field check: nine moves by six people, then it is asked to be opened again and begins anew. */
const LIFE: readonly (readonly [login: string, order: Order])[] = [
  ['shift-lead', { move: 'file' }],
  ['dispatcher', { move: 'dispatch', unit: 'CG', assist: ['HW'] }],
  ['liaison-cg', { move: 'sign' }],
  ['liaison-hw', { move: 'sign' }],
  ['handler-cg', { move: 'start' }],
  ['handler-cg', { move: 'handle', reason: '已处置' }],
  ['shift-lead', { move: 'close' }],
  ['acceptor1', { move: 'askReopen', reason: '再次出现' }],
  ['director', { move: 'reopen' }],
]
/** Where a life goes on after it was opened again. */
const AGAIN = 1

interface Running {
  readonly id: number
  version: number
  next: number
}

/** (i) People move cases, evenly spread in time and whether or not the answers keep up, through HTTP on PostgreSQL. */
export async function benchMoves(field: Field): Promise<void> {
  const doors = new Map<string, { readonly cookie: string }>()
  for (const login of new Set(LIFE.map(([who]) => who))) doors.set(login, await signedIn(field.url, login))
  const conditionId = await findCondition(field)
  const resting = await report(field)
  const times: number[] = []
  const errors: string[] = []
  const flying = new Set<Promise<void>>()

  const step = async (one: Running): Promise<void> => {
    const [login, order] = LIFE[one.next] ?? LIFE[0] ?? ['', { move: '' }]
    const start = performance.now()
    const reply = await fetch(`${field.url}/api/events/${one.id}/moves`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...doors.get(login) },
      body: JSON.stringify({ ...order, ...(order.move === 'file' && { conditionId }), version: one.version }),
    })
    const answer = await reply.text()
    times.push(performance.now() - start)
    if (!reply.ok) errors.push(`${order.move}: ${reply.status} ${answer.slice(0, 200)}`)
    one.version = (JSON.parse(answer) as { version?: number }).version ?? one.version
    one.next = one.next + 1 < LIFE.length ? one.next + 1 : AGAIN
    resting.push(one)
  }

  const begun = performance.now()
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    await until(begun + (n * 1000) / PER_SECOND)
    const one = resting.shift()
    if (!one) throw new Error(`${CASES} cases are under way at once: the server does not keep up`)
    const flight: Promise<void> = step(one).finally(() => flying.delete(flight))
    flying.add(flight)
  }
  await Promise.all(flying)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(0))
  print({
    name: `(i) ${PER_SECOND} moves/s for ${SECONDS} s`,
    text: `p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, ${errors.length} errors of ${times.length}`,
    met: quantile(times, 0.95) <= 200 && errors.length === 0,
  })
  for (const error of errors.slice(0, 5)) console.log(`    ${error}`)
}

async function until(at: number): Promise<void> {
  const left = at - performance.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}

/** Fresh reports of a class that asks for no picture. */
async function report({ url, door, point }: Field): Promise<Running[]> {
  const items = Array.from({ length: CASES }, () => ({ position: point(), category: 'G9' }))
  const reply = await fetch(`${url}/api/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...door },
    body: JSON.stringify({ items }),
  })
  const answer = (await reply.json()) as { items: { event: { id: number; version: number } }[] }
  return answer.items.map(({ event: { id, version } }) => ({ id, version, next: 0 }))
}

async function findCondition({ url, door }: Field): Promise<number> {
  const reply = await fetch(`${url}/api/conditions`, { headers: door })
  const known = (await reply.json()) as { id: number; category: string }[]
  return known.find(({ category }) => category === 'G9')?.id ?? 0
}
