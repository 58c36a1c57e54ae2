import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { cipherOf, KEY_BYTES, type Cipher } from './cipher.ts'

/** Where the key is looked for. */
export interface KeyPlace {
  /** As the environment gives it: base64 of 32 bytes, after a change of key followed by the former ones. */
  readonly given: string | null
  /** Same, one key a line. */
  readonly file: string | null
}

/** The key cannot be used; the message names the place in both languages, and no part of the key. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
}

/**
 * The cipher by the key of the environment, else by that of the file, which is made where there is none; null where neither
 * is named.
 */
export async function openKey({ given, file }: KeyPlace): Promise<Cipher | null> {
  if (given !== null) return cipherOf(readKeys(given, 'WANGGE_KEY'))
  if (file === null) return null
  const kept = await readFile(file, 'utf8').catch(unlessMissing)
  return cipherOf(readKeys(kept ?? (await makeKey(file)), file))
}

/** Keys apart by space, commas or lines; what follows # is a remark. */
export function readKeys(text: string, place: string): readonly [Buffer, ...Buffer[]] {
  const words = text.replaceAll(/#.*$/gm, '').split(/[\s,]+/)
  const [current, ...former] = words.filter((word) => word !== '').map((word) => readOne(word, place))
  if (!current) throw wrong(place)
  return [current, ...former]
}

function readOne(word: string, place: string): Buffer {
  const key = /^[\w+/-]{43}=?$/.test(word) ? Buffer.from(word, 'base64') : null
  if (key?.length === KEY_BYTES) return key
  throw wrong(place)
}

function wrong(place: string): KeyError {
  return new KeyError(
    `${place}: 应为 32 字节密钥的 base64 文本，可用 openssl rand -base64 32 生成 ` +
      '(must be 32 bytes in base64, as openssl rand -base64 32 prints them)',
  )
}

/** Whole or not at all, and once: of two processes that start together, both read what one of them has written. */
async function makeKey(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(8).toString('hex')}`
  await mkdir(dirname(file), { recursive: true })
  const made = await open(draft, 'wx', 0o600)
  try {
    await made.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`)
    await made.sync()
  } finally {
    await made.close()
  }
  await link(draft, file).catch(unlessThere)
  await unlink(draft)
  return await readFile(file, 'utf8')
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function unlessThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'EEXIST') return null
  throw error
}
