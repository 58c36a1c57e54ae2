import type { LogLine, OpenScenario } from '#contract/planning'
import type { Draft } from '#geo/plan/draft'
import { draftFrom, type Drawing } from '#geo/plan/drawing'
import { openMeter, type Meter } from '#geo/plan/meter'
import type { Op, Refused } from '#geo/plan/op'
import { apply, inverseOf, type Patch } from '#geo/plan/patch'
import { perform } from '#geo/plan/perform'
import type { Sites } from '#geo/plan/sites'
import { wayBetween } from './tree.ts'

/** One state of a plan with its measures. */
export interface Side {
  readonly draft: Draft
  readonly meter: Meter
}

/** A drawing as it comes over the wire, which knows pairs as arrays only. */
export type Base = OpenScenario['base']

export const draftOfBase = (base: Base): Draft => draftFrom(base as unknown as Drawing)

export const sideOf = (base: Base, sites: Sites): Side => sideOfDraft(draftOfBase(base), sites)

/** `from` is what it is compared with: the disputes of grids that have ended go to their heirs. */
export const sideOfDraft = (draft: Draft, sites: Sites, from?: Meter): Side => ({
  draft,
  meter: openMeter(draft, sites, from),
})

/** A draft on its way along the log; what was done is remembered, so that it can be taken back. */
export interface Track extends Side {
  readonly path: () => readonly LogLine[]
  /** Does what nobody has stored yet, as the next operation of the log. */
  readonly step: (line: LogLine) => Outcome
  /** Goes where another path leads. @throws Error when an operation that was stored is refused. */
  readonly walk: (path: readonly LogLine[]) => void
  /** Shows what operations would do; ends with the next call of anything here. */
  readonly preview: (ops: readonly Op[]) => Outcome
  readonly drop: () => void
}

export type Outcome = { readonly ok: true } | Refused

interface Done {
  readonly line: LogLine
  readonly patch: Patch
}

/** `onPatch` hears of every change right after it, of previews too. */
export function openTrack(base: Base, from: Side, onPatch: (patch: Patch) => void): Track {
  const { draft, meter } = sideOfDraft(draftOfBase(base), from.meter.sites, from.meter)
  const done: Done[] = []
  let shown: Patch[] = []

  function tell(patch: Patch): void {
    meter.update(patch)
    onPatch(patch)
  }

  function takeBack(patch: Patch): void {
    const inverse = inverseOf(patch)
    apply(draft, inverse)
    tell(inverse)
  }

  function drop(): void {
    for (const patch of shown.toReversed()) takeBack(patch)
    shown = []
  }

  function step(line: LogLine): Outcome {
    drop()
    const performed = perform(draft, line.op as Op)
    if (!performed.ok) return performed
    tell(performed.patch)
    done.push({ line, patch: performed.patch })
    return { ok: true }
  }

  return {
    draft,
    meter,
    path: () => done.map(({ line }) => line),
    step,
    drop,
    walk(path) {
      drop()
      const { back, forth } = wayBetween(
        done.map(({ line }) => line),
        path,
      )
      for (const { patch } of done.splice(done.length - back).toReversed()) takeBack(patch)
      for (const line of forth) {
        const outcome = step(line)
        if (!outcome.ok) throw new Error(`stored operation ${line.seq} is refused: ${outcome.rule}`)
      }
    },
    preview(ops) {
      drop()
      for (const op of ops) {
        const performed = perform(draft, op)
        if (!performed.ok) {
          drop()
          return performed
        }
        tell(performed.patch)
        shown.push(performed.patch)
      }
      return { ok: true }
    },
  }
}
