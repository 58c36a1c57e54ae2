import { weaknessOf } from '#rules/accounts'

/** A new password as it is being typed, and whose it will be. */
export interface Chosen {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly again: string
}

export const NOTHING_CHOSEN = { password: '', again: '' }

/** What is asked of a new password, by the server's own rule, and that it was typed as meant. */
export function demandsOn({ login, name, password, again }: Chosen) {
  const weakness = weaknessOf(password, { login, name })
  const isLong = weakness !== 'short'
  return [
    { name: 'ruleLength', isMet: isLong },
    { name: 'ruleOwn', isMet: isLong && weakness !== 'name' },
    { name: 'rulePlain', isMet: isLong && weakness !== 'common' },
    { name: 'ruleSame', isMet: isLong && password === again },
  ] as const
}

export function isAcceptable(chosen: Chosen): boolean {
  return demandsOn(chosen).every(({ isMet }) => isMet)
}
