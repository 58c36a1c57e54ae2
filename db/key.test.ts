import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KeyError, openKey, readKeys } from './key.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wangge-key-'))
})
afterAll(() => rm(folder, { recursive: true }))

const key = () => randomBytes(32).toString('base64')

test('where neither the environment nor a file names a key there is none', async () => {
  expect(await openKey({ given: null, file: null })).toBeNull()
})

test('the file is made once, for its owner alone, also when two processes start together', async () => {
  const file = join(folder, 'deep', 'key')
  const [one, two] = await Promise.all([openKey({ given: null, file }), openKey({ given: null, file })])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const sealed = one?.seal('陈某', 'x') ?? ''
  expect(two?.open(sealed, 'x')).toBe('陈某')
  expect((await openKey({ given: null, file }))?.open(sealed, 'x')).toBe('陈某')
})

test('the environment goes before the file, and no file is made', async () => {
  const file = join(folder, 'unused')
  const cipher = await openKey({ given: key(), file })
  expect(cipher?.open(cipher.seal('陈某', 'x'), 'x')).toBe('陈某')
  await expect(readFile(file)).rejects.toThrow('ENOENT')
})

test('lines, commas, remarks: the first key seals, the others open', () => {
  const [a, b] = [key(), key()]
  const read = readKeys(`# new since May\n${a}\n\n${b} # old\n`, 'x')
  expect(read.map((bytes) => bytes.toString('base64'))).toEqual([a, b])
  expect(readKeys(`${a},${b}`, 'x')).toHaveLength(2)
})

test.each(['', '# nothing', 'secret', key().slice(4), `${key()}AAAA`, `${key()}, short`])(
  'a text that is no key is refused without being repeated',
  async (text) => {
    const file = join(folder, 'broken')
    await writeFile(file, text)
    const failed: unknown = await openKey({ given: null, file }).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(KeyError)
    expect(String(failed)).toContain(file)
    if (text.length > 8) expect(String(failed)).not.toContain(text.slice(0, 8))
  },
)
