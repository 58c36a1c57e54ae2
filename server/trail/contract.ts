import { Type, type Static } from 'typebox'
import { endpoint, Instant } from '../http/contract.ts'

/** `xid-seq`: order of the trail that every process agrees on. */
export const STEP_ID = '^(0|[1-9][0-9]{0,19})-(0|[1-9][0-9]{0,18})$'
const StepId = Type.String({ pattern: STEP_ID })

/**
 * One line of the trail as the feed carries it. `prev` is the id of the line that this reader got before it, so that it can
 * prove that it missed none of those it may hear. `data` is what changed: for `event.*` steps an EventRow, else empty.
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
 * every 15 s, `reset` { id, at } where the asked position is no longer kept, or the reader's duties have changed (load the
 * snapshot anew). It ends with the session.
 */
export const live = endpoint(
  'GET',
  '/api/live',
  { reply: Type.Unknown() },
  {
    summary:
      'The trail as it grows, as far as the reader may see it; resumes after Last-Event-ID without a gap',
    policy: 'signed-in',
    media: 'text/event-stream',
  },
)
