import { resolve } from 'node:path'
import type { Words } from './language.ts'

/** The command cannot be carried out as it was given; a person must hear why. */
export class Wrong extends Error {
  override readonly name = 'Wrong'
  readonly words: Words

  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(en, options)
    this.words = { zh, en }
  }
}

/** `a=b,c=d` as pairs; several flags of the same kind are one list. */
export function pairsOf(flag: string, texts: readonly string[]): ReadonlyMap<string, string> {
  const pairs = texts.flatMap((text) => text.split(','))
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      if (equals > 0) return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]
      throw new Wrong(
        `${flag} 的格式应为 甲=乙,丙=丁，实为 ${pair}`,
        `${flag} is written a=b,c=d, but says ${pair}`,
      )
    }),
  )
}

export function numberOf(flag: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= max) return value
  throw new Wrong(
    `${flag} 应为 0 到 ${max} 的数，实为 ${text}`,
    `${flag} is a number from 0 to ${max}, not ${text}`,
  )
}

export function oneOf<T extends string>(
  flag: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (text === undefined) return undefined
  const found = choices.find((choice) => choice === text)
  if (found !== undefined) return found
  const list = choices.join(', ')
  throw new Wrong(`${flag} 应为 ${list} 之一，实为 ${text}`, `${flag} is one of ${list}, not ${text}`)
}

/** An instant; a bare date begins at midnight in China. */
export function instantOf(flag: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+08:00` : text)
  if (!Number.isNaN(at.getTime()) && /\d{4}-\d{2}-\d{2}/.test(text)) return at
  throw new Wrong(
    `${flag} 应为日期（2026-01-01）或带时区的时间，实为 ${text}`,
    `${flag} is a date (2026-01-01) or an instant with its offset, not ${text}`,
  )
}

/** A path as the person meant it: npm runs commands in the program's folder, and says where they were called. */
export function pathOf(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env['INIT_CWD'] ?? '.', text)
}
