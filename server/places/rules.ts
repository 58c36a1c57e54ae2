/** One way to write an address: full-width signs as half-width, no space anywhere. */
export function addressText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '')
}
