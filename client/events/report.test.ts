import { expect, test } from 'vitest'
import { parsePosition } from './report.ts'

test.each([
  ['119.9012, 32.4501', [119.9012, 32.4501]],
  [' 119.9012,32.4501 ', [119.9012, 32.4501]],
  ['119.9012，32.4501', [119.9012, 32.4501]],
  ['119.9012 32.4501', [119.9012, 32.4501]],
  ['-71.5, 42.25', [-71.5, 42.25]],
  ['200.1, 32.4', null],
  ['119.9', null],
  ['府前路 12 号', null],
  ['12, 14', null],
  ['', null],
])('%s', (text, wanted) => {
  expect(parsePosition(text)).toEqual(wanted)
})
