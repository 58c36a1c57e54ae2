import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment serves this machine only, with the embedded database', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: null,
    mapApproval: null,
  })
})

test.each([
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '8080.5'],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://somewhere/db'],
  ['DATABASE_URL', 'just words'],
])('%s=%s is refused by name, in both languages', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}.*[一-鿿].*must be`))
})

test('a wrong database address is refused without repeating its password', () => {
  expect(() => readConfig({ DATABASE_URL: 'http://admin:s3cret@db/x' })).not.toThrow(/s3cret/)
})
