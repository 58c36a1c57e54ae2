import { Type, type Static } from 'typebox'
import { endpoint, Instant } from '../http/contract.ts'

/** `xid-seq`: order of the trail that every process agrees on. */
export const STEP_ID = '^[0-9]{1,20}-[0-9]{1,19}$'
const StepId = Type.String({ pattern: STEP_ID })

/**
 * One line of the trail as the feed carries it. `prev` is the id of the line before it, so that a reader can prove that
 * it missed none. `data` is what changed: for `event.*` steps an EventRow.
 */
export const Step = Type.Object({
  id: StepId,
  prev: StepId,
  at: Instant,
  step: Type.String(),
  subject: Type.String(),
  actor: Type.String(),
  data: Type.Unknown(),
})
export type Step = Static<typeof Step>

/**
 * Server-sent events. Messages: `hello` { id, at } first (load the snapshot after it), `step` Step, `beat` { at } at least
 * every 15 s, `reset` {} where the asked position is no longer kept (load the snapshot anew).
 */
export const live = endpoint(
  'GET',
  '/api/live',
  { reply: Type.Unknown() },
  {
    summary: 'The trail as it grows; resumes after Last-Event-ID without a gap',
    policy: 'signed-in',
    media: 'text/event-stream',
  },
)
