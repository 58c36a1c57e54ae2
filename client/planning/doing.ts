import { useState } from 'react'
import type { Lattice } from '#geo/fabric'
import { toLattice, toPosition } from '#geo/lattice'
import type { Op } from '#geo/plan/op'
import { sentenceOf } from '#geo/plan/refusals'
import { useLocal } from '../i18n/local.ts'
import { useKeyName } from './opwords.ts'
import { usePlanning } from './session.ts'

/** Operations from a form: the sentence of a refusal stands beside the field that asked for it. */
export function useDoing(): {
  readonly fault: string | null
  readonly act: (...ops: readonly Op[]) => boolean
  readonly say: (fault: string | null) => void
} {
  const { either } = useLocal()
  const nameOf = useKeyName()
  const [fault, say] = useState<string | null>(null)
  return {
    fault,
    say,
    act(...ops) {
      const outcome = usePlanning.getState().perform(...ops)
      const words = outcome.ok || outcome.rule === 'nothing' ? null : sentenceOf(outcome, nameOf)
      say(words && either(words.zh, words.en))
      return outcome.ok
    },
  }
}

/** `120.1234567, 30.1234567`, as one reads it off a map. */
export const placeWords = (at: Lattice): string =>
  toPosition(at)
    .map((degrees) => degrees.toFixed(7))
    .join(', ')

export function placeIn(text: string): Lattice | null {
  const [lng, lat, ...rest] = text
    .trim()
    .split(/[\s,，;；]+/)
    .map((part) => (/^-?\d{1,3}(\.\d+)?$/.test(part) ? Number(part) : Number.NaN))
  if (lng === undefined || lat === undefined || rest.length > 0) return null
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 ? toLattice([lng, lat]) : null
}

/** A line of places, one to a line of text; null where a line is no place, or there are fewer than two. */
export function lineIn(text: string): readonly Lattice[] | null {
  const places = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(placeIn)
  const line = places.filter((place) => place !== null)
  return line.length === places.length && line.length > 1 ? line : null
}
