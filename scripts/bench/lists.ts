import { signedIn } from '../server.ts'
import type { Field } from './intake.ts'
import { print, quantile } from './ratio.ts'

const EVENTS = 100_000
const ROUNDS = 40

/** The desks' questions, by who asks them. */
const QUESTIONS: readonly (readonly [login: string, question: string])[] = [
  ['director', '/api/events'],
  ['director', '/api/events?sort=due&state=open'],
  ['director', '/api/events?category=01-10'],
  ['director', '/api/events?text=人民路'],
  ['director', '/api/events?watched=yes&state=open&sort=due'],
  ['acceptor1', '/api/events?status=reported&status=verifying&sort=due'],
  ['acceptor1', '/api/events?mine=yes'],
  ['acceptor1', '/api/events?grid=0&state=open'],
  ['dispatcher', '/api/events?status=filed&status=returned&sort=due'],
  ['dispatcher', '/api/events?asks=extend&asks=hold'],
  ['dispatcher', '/api/events?unit=CG&state=open&sort=due'],
  ['dispatcher', '/api/events?light=red'],
  ['liaison-cg', '/api/events'],
  ['liaison-cg', '/api/events?state=open&sort=due'],
  ['liaison-hw', '/api/events?status=dispatched&sort=due'],
  ['lead-01', '/api/events'],
  ['w001', '/api/events?state=open&sort=due'],
  ['w001', '/api/events?mine=yes'],
  ['director', '/api/events/summary'],
  ['liaison-cg', '/api/events/summary'],
  ['w001', '/api/events/summary'],
  ['director', '/api/grids'],
]

/** (h) Lists with their counts on 100,000 events: nobody waits for a desk to open. */
export async function benchLists(field: Field): Promise<void> {
  await multiply(field)
  const doors = new Map<string, { readonly cookie: string }>()
  let worst = 0
  for (const [login, question] of QUESTIONS) {
    const door = doors.get(login) ?? (await signedIn(field.url, login))
    doors.set(login, door)
    const p95 = quantile(await timesOf(`${field.url}${encodeURI(question)}`, door), 0.95)
    worst = Math.max(worst, p95)
    print({ name: `(h) ${login} ${question}`, text: `p95 ${p95.toFixed(0)} ms`, met: p95 <= 100 })
  }
  print({
    name: '(h) lists and counts on 100,000 events',
    text: `worst p95 ${worst.toFixed(0)} ms`,
    met: worst <= 100,
  })
}

async function timesOf(url: string, headers: { readonly cookie: string }): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i <= ROUNDS; i++) {
    const start = performance.now()
    const reply = await fetch(url, { headers })
    await reply.arrayBuffer()
    if (!reply.ok) throw new Error(`${url}: ${reply.status}`)
    if (i > 0) times.push(performance.now() - start)
  }
  return times
}

/** The demo's ended cases again and again, further and further back in time, with the parts of their units. */
async function multiply({ pool }: Field): Promise<void> {
  await pool.query(
    `
    with whole as (select count(*) as n, max(id) as last from events),
    copies as (
      select e.*, whole.last * k + e.id as copy, k * interval '31 days' as ago
      from events e, whole, generate_series(1, 11) k where e.closed_at is not null
      limit (select greatest(0, $1 - n) from whole)
    ), made as (
      insert into events (id, category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, description,
        address, geom, grid_id, rule, placement, version, condition_id, why, units, channel, reporter_id, on_the_spot, told)
      overriding system value
      select copy, category, status, source, occurred_at - ago, reported_at - ago, due_at - ago, amber_at - ago,
        closed_at - ago, description, address, geom, grid_id, rule, placement, version, condition_id, why, units, channel,
        reporter_id, on_the_spot, told
      from copies
    )
    insert into assignments (event_id, unit, part, dispatched_at, due_at, amber_at, why, refuse_until, ended_at, ending)
    select copy, a.unit, a.part, a.dispatched_at - ago, a.due_at - ago, a.amber_at - ago, a.why, a.refuse_until - ago,
      a.ended_at - ago, a.ending
    from copies join assignments a on a.event_id = copies.id`,
    [EVENTS],
  )
  await pool.query('vacuum analyze')
}
