import type { Ask } from '../../events/contract.ts'
import { CHANGES } from './changes.ts'
import { FLOW } from './flow.ts'
import { stageDueAt } from './limits.ts'
import type { Core, Decision, Effects, Part, Scene } from './state.ts'
import { openRequest } from './subject.ts'

/** Everything that a permitted move changes. Writing it down is all that is left to do. */
export function effectsOf(scene: Scene): Effects {
  const { core, order, verdict, now } = scene
  const change = CHANGES[order.move]?.(scene) ?? {}
  const parts = change.parts ?? []
  const requests = [...(change.requests ?? []), ...lapsed(scene)]
  const stage =
    verdict.to === core.status ? core.stageDueAt : stageDueAt(verdict.to, now, windowOf(scene, parts))
  const asks = asksAfter(core.asks, requests)
  const askedGridId = asks.includes('handover') ? gridAsked(scene, requests) : null
  const after = { ...core, status: verdict.to, stageDueAt: stage, ...change.core, asks, askedGridId }
  return { core: after, parts, requests }
}

/** End of the lead's window to return. */
function windowOf({ subject }: Scene, parts: readonly Part[]): number | null {
  const lead = [...parts, ...subject.work.assignments].find(
    (part) => part.part === 'lead' && part.endedAt === null,
  )
  return lead ? Date.parse(lead.refuseUntil) : null
}

function lapsed({ subject, order, verdict }: Scene): Decision[] {
  const isAssist = verdict.part?.part === 'assist'
  const kinds = isAssist ? [] : (FLOW[order.move].lapses ?? [])
  return kinds.flatMap((kind) => {
    const request = openRequest(subject, kind)
    return request ? [{ id: request.id, kind, stage: 'refused' as const }] : []
  })
}

function gridAsked({ subject }: Scene, requests: readonly Decision[]): number | null {
  const fresh = requests.find(({ id, kind }) => id === null && kind === 'handover')
  return fresh?.gridId ?? openRequest(subject, 'handover')?.gridId ?? null
}

function asksAfter(asks: readonly Ask[], requests: readonly Decision[]): Ask[] {
  const ended = requests
    .filter(({ stage }) => stage === 'granted' || stage === 'refused')
    .map(({ kind }) => kind)
  const asked = requests.filter(({ id }) => id === null).map(({ kind }) => kind)
  return [...new Set([...asks.filter((kind) => !ended.includes(kind)), ...asked])].toSorted()
}

/** Whether the promise of the event was made or moved: lights and supervision start from it anew. */
export function isRetimed(before: Core, after: Core): boolean {
  return (
    before.dueAt !== after.dueAt || before.amberAt !== after.amberAt || after.reopened !== before.reopened
  )
}
