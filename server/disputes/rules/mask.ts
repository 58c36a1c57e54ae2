/** What stands for a person where nobody asked for the name: the first character, as `陈**`. */
export function maskName(name: string): string {
  const [first = '*'] = Array.from(name.trim())
  return `${first}**`
}

/** `10012340123` → `100****0123`; a shorter one keeps its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  if (digits.length < 11) return `${'*'.repeat(Math.max(1, digits.length - 2))}${digits.slice(-2)}`
  return `${digits.slice(0, 3)}${'*'.repeat(digits.length - 7)}${digits.slice(-4)}`
}

/** A party in clear. */
export interface Person {
  readonly name: string
  readonly phone: string | null
}

/** Telephones, also written 138 0000 0000 or 0523-8000000, identity and account numbers; a date with dashes is none. */
const LONG_NUMBER = /(?:\d{3,4}[ -])?\d{7,}[xX]?|\d{3}[ -]\d{4}[ -]\d{4}/g

/** A text in which the names of these people and whatever may be a telephone or an identity number are masked. */
export function maskText(text: string, people: readonly Person[]): string {
  const names = people.map(({ name }) => name.trim()).filter((name) => Array.from(name).length > 1)
  const longestFirst = names.toSorted((a, b) => b.length - a.length)
  const unnamed = longestFirst.reduce((masked, name) => masked.replaceAll(name, maskName(name)), text)
  return unnamed.replaceAll(LONG_NUMBER, maskPhone)
}
