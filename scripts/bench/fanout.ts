import { request, type IncomingMessage } from 'node:http'
import { print, quantile } from './ratio.ts'
import type { Field } from './intake.ts'

const VIEWERS = 500
const RATE = 10
const SECONDS = 60

interface Viewer {
  readonly stream: IncomingMessage
  steps: number
  gaps: number
  last: string
}

/** (d) Viewers on one server while events are reported to it: nobody may miss a step, and all must hear soon. */
export async function benchFanout(field: Field): Promise<void> {
  const delays: number[] = []
  const viewers = await Promise.all(Array.from({ length: VIEWERS }, () => watch(field, delays)))
  const start = performance.now()
  const sent = RATE * SECONDS
  const reports: Promise<void>[] = []
  for (let i = 0; i < sent; i++) {
    const wait = start + (i * 1000) / RATE - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    reports.push(report(field))
  }
  await Promise.all(reports)
  await settled(viewers, sent)
  const lost = viewers.reduce((sum, viewer) => sum + (sent - viewer.steps), 0)
  const gaps = viewers.reduce((sum, viewer) => sum + viewer.gaps, 0)
  for (const viewer of viewers) viewer.stream.destroy()
  const p99 = quantile(delays, 0.99)
  print({
    name: `(d) ${VIEWERS} viewers × ${RATE} steps/s × ${SECONDS} s`,
    text: `${lost} lost, ${gaps} gaps, p50 ${quantile(delays, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms from report to viewer`,
    met: lost === 0 && gaps === 0 && p99 <= 250,
  })
}

async function watch({ url, door }: Field, delays: number[]): Promise<Viewer> {
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}/api/live`, { agent: false, headers: { ...door } }, resolve)
      .on('error', reject)
      .end()
  })
  const viewer: Viewer = { stream, steps: 0, gaps: 0, last: '' }
  let rest = ''
  const greeted = new Promise<void>((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      const messages = (rest + chunk.toString()).split('\n\n')
      rest = messages.pop() ?? ''
      for (const message of messages) {
        hear(viewer, message, delays)
        if (message.includes('event: hello')) resolve()
      }
    })
  })
  stream.on('error', () => undefined)
  await greeted
  return viewer
}

function hear(viewer: Viewer, message: string, delays: number[]): void {
  const json = /^data: (.*)$/m.exec(message)?.[1]
  if (json === undefined || message.includes('event: beat')) return
  const data = JSON.parse(json) as { id: string; prev?: string; at: string; step?: string }
  if (data.prev !== undefined && data.prev !== viewer.last) viewer.gaps++
  // The sweep makes steps of its own.
  if (data.step === 'event.reported') {
    viewer.steps++
    delays.push(Date.now() - Date.parse(data.at))
  }
  viewer.last = data.id
}

async function report({ url, door, point }: Field): Promise<void> {
  const reply = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json' },
    body: JSON.stringify({ position: point(), category: '01-10' }),
  })
  if (reply.status !== 201) throw new Error(`report: ${reply.status}`)
  await reply.arrayBuffer()
}

/** Waits until every viewer has every step, at most ten seconds. */
async function settled(viewers: readonly Viewer[], sent: number): Promise<void> {
  const until = performance.now() + 10_000
  while (performance.now() < until && viewers.some((viewer) => viewer.steps < sent)) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
