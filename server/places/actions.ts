import type { Position } from '#geo/geojson'
import type { Problem } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { problemOf } from '../http/problems.ts'
import type { AddressMatch } from './contract.ts'
import { addressText } from './rules.ts'
import { findAddresses } from './store.ts'

export type Geocoded =
  | { readonly ok: true; readonly position: Position }
  | { readonly ok: false; readonly problem: Problem }

/**
 * The position that each address names; null where none was asked for. Only the very text of a known address is taken:
 * anything less is offered to choose from, never guessed.
 */
export async function geocode(
  ctx: Pick<Ctx, 'db' | 'now'>,
  texts: readonly (string | null)[],
): Promise<(Geocoded | null)[]> {
  const asked = [...new Set(texts.flatMap((text) => (text === null ? [] : [addressText(text)])))]
  if (asked.length === 0) return texts.map(() => null)
  const matches = await findAddresses(ctx.db, asked, ctx.now)
  const answers = new Map(asked.map((text, n) => [text, answerOf(text, matches[n] ?? [])]))
  return texts.map((text) => (text === null ? null : (answers.get(addressText(text)) ?? null)))
}

function answerOf(text: string, matches: readonly AddressMatch[]): Geocoded {
  const [best] = matches
  if (best && best.likeness === 1) {
    const [lng = 0, lat = 0] = best.position
    return { ok: true, position: [lng, lat] }
  }
  const field = '/address'
  if (matches.length === 0) {
    const why = {
      zh: `地址库中没有“${text}”，请在地图上选点。`,
      en: `No known address is like "${text}"; give a position.`,
    }
    return { ok: false, problem: problemOf('unknown-place', why, { field }) }
  }
  const why = {
    zh: `“${text}”不是唯一的已知地址，请从候选中选择或在地图上选点。`,
    en: `"${text}" is not one known address; choose one or give a position.`,
  }
  return { ok: false, problem: problemOf('unknown-place', why, { field, choices: matches }) }
}
