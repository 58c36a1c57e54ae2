import { SealError, type Cipher } from '#db/cipher'
import { purposeOf, type SealedColumn } from '#db/sealed'
import type { Ctx } from '../../http/mount.ts'
import { refuse, type Refusal } from '../../http/problems.ts'
import { maskText, type Person } from '../rules.ts'
import { listParties } from '../store.ts'

/** A request on dispute files, with what reads and writes their texts. */
export type Desk = Ctx & { readonly cipher: Cipher }

export function noKey(): Refusal {
  return refuse('no-key', {
    zh: '没有矛盾纠纷的密钥，或密钥与数据不符；请系统管理员设置 WANGGE_KEY 或 KEY_FILE 后重启。',
    en: 'The key of the dispute files is missing or is another one; an administrator sets WANGGE_KEY or KEY_FILE and restarts.',
  })
}

export function seal(cipher: Cipher, column: SealedColumn, id: number, text: string, n = 0): string {
  return cipher.seal(text.trim(), purposeOf(column, id, n))
}

/** The text in clear; refuses where the key is not the one. */
export function open(cipher: Cipher, column: SealedColumn, id: number, sealed: string, n = 0): string {
  try {
    return cipher.open(sealed, purposeOf(column, id, n))
  } catch (error) {
    throw error instanceof SealError ? noKey() : error
  }
}

/** The parties of a file in clear, to mask what others wrote. */
export async function peopleOf({ db, cipher }: Desk, id: number): Promise<Person[]> {
  const parties = await listParties(db, id)
  return parties.map(({ n, name, phone }) => ({
    name: open(cipher, 'dispute_parties.name', id, name, n),
    phone: phone === null ? null : open(cipher, 'dispute_parties.phone', id, phone, n),
  }))
}

/** What a file's texts look like to those who may see the file: without the names in them. */
export function masker(cipher: Cipher, id: number, people: readonly Person[]) {
  return (column: SealedColumn, sealed: string | null, n = 0): string | null =>
    sealed === null ? null : maskText(open(cipher, column, id, sealed, n), people)
}
