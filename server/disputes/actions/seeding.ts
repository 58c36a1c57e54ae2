import type { Cipher } from '#db/cipher'
import type { FileRules } from '#db/seed-disputes'
import { firstSessionBy, maskName, maskPhone, monthFrom, nextOf, revisitsFrom } from '../rules.ts'

/** What the demo needs to make files of its disputes; null without a key. */
export function fileRules(cipher: Cipher | null): FileRules | null {
  if (cipher === null) return null
  const { seal } = cipher
  return { seal, maskName, maskPhone, firstSessionBy, monthFrom, revisitsFrom, nextOf }
}
