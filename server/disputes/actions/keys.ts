import type { Cipher } from '#db/cipher'
import type { Db } from '#db/open'
import { sealedSamples } from '../store.ts'

/** Whether the keys at hand are those of the files in the database. */
export async function opensFiles(db: Db, cipher: Cipher): Promise<boolean> {
  const samples = await sealedSamples(db)
  return samples.every((sealed) => cipher.knows(sealed))
}
