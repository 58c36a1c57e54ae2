import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as frames from './frames.ts'

const startup = new Uint8Array([0, 0, 0, 9, 0, 3, 0, 0, 0])
const ascii = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('messages come out whole, however the bytes are cut', () => {
  const messages = fc.array(fc.string({ maxLength: 40 }).map(frames.query), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(messages, fc.array(fc.integer({ min: 1, max: 30 })), (queries, sizes) => {
      const stream = frames.join([startup, ...queries])
      const cutter = new frames.FrameCutter('client')
      const seen: frames.Frame[] = []
      let at = 0
      for (const size of [...sizes, stream.length]) {
        seen.push(...cutter.cut(stream.subarray(at, at + size)))
        at += size
      }
      expect(seen.map(({ kind }) => kind)).toEqual(['startup', ...queries.map(() => 'Q')])
      expect(frames.join(seen.map(({ bytes }) => bytes))).toEqual(stream)
    }),
  )
})

test('what is held back does not change with the buffer that it came in', () => {
  const cutter = new frames.FrameCutter('server')
  const whole = Buffer.from(frames.query('select 1'))
  const first = Buffer.from(whole.subarray(0, 8))
  expect(cutter.cut(first)).toEqual([])
  first.fill(0)
  expect(cutter.cut(whole.subarray(8)).map(({ bytes }) => ascii(bytes))).toEqual([ascii(whole)])
})

test.each([
  // message                         SQL          name of the statement
  [frames.query('select 1'), 'select 1', undefined],
  [parse('', 'select 2'), 'select 2', ''],
  [parse('locate', 'select 3'), 'select 3', 'locate'],
  [message('C', 'Slocate\0'), undefined, 'locate'],
  [message('C', 'Pportal\0'), undefined, undefined],
  [frames.sync(), undefined, undefined],
])('reads %o', (bytes, sql, name) => {
  const [frame] = new frames.FrameCutter('server').cut(bytes)
  if (frame === undefined) throw new Error('no frame')
  expect(frames.sqlOf(frame)).toBe(sql)
  expect(frames.statementName(frame)).toBe(name)
})

test('an error says its code and message', () => {
  const error = ascii(frames.errorResponse('57014', 'too slow'))
  expect(error.slice(5).split('\0')).toEqual(['SERROR', 'VERROR', 'C57014', 'Mtoo slow', '', ''])
})

function message(kind: string, body: string): Uint8Array {
  const bytes = frames.query(body.slice(0, -1))
  bytes[0] = kind.charCodeAt(0)
  return bytes
}

function parse(name: string, sql: string): Uint8Array {
  return message('P', `${name}\0${sql}\0\0\0`)
}
