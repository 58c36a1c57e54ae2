import { expect, test } from 'vitest'
import { keep } from './bundle.ts'

const BLOCK = 512

function entry(path: string, content: string): Uint8Array {
  const header = new Uint8Array(BLOCK)
  header.set(new TextEncoder().encode(path), 0)
  header.set(new TextEncoder().encode(content.length.toString(8).padStart(11, '0')), 124)
  const body = new Uint8Array(Math.ceil(content.length / BLOCK) * BLOCK)
  body.set(new TextEncoder().encode(content))
  return Buffer.concat([header, body])
}

test('keeps the entries asked for, whole, and ends the archive', () => {
  const [a, b, c] = [entry('a.sql', 'x'.repeat(600)), entry('b.so', ''), entry('c.sql', 'y'.repeat(512))]
  const end = new Uint8Array(2 * BLOCK)
  const tar = Buffer.concat([a, b, c, end])
  expect(keep(tar, () => true)).toEqual(tar)
  expect(keep(tar, (path) => path.endsWith('.sql'))).toEqual(Buffer.concat([a, c, end]))
})
