import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment serves this machine only, with the embedded database', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: null,
    mapApproval: null,
    demo: null,
    secure: false,
    trustProxy: [],
    key: null,
  })
})

test.each([
  ['DEMO', '1', { demo: true }],
  ['DEMO', '0', { demo: false }],
  ['SECURE', '1', { secure: true }],
  ['TRUST_PROXY', '192.0.2.1, 10.0.0.0/8,fd00::/8', { trustProxy: ['192.0.2.1', '10.0.0.0/8', 'fd00::/8'] }],
  ['KEY_FILE', '/etc/wangge.key', { keyFile: '/etc/wangge.key' }],
  ['DATA_DIR', '/srv/wangge', { keyFile: '/srv/wangge/key' }],
  // No key is made in passing for a database elsewhere.
  ['DATABASE_URL', 'postgres://db/wangge', { keyFile: null }],
  ['FILES_DIR', '/srv/pictures', { filesDir: '/srv/pictures' }],
  ['DATA_DIR', '/srv/wangge', { filesDir: '/srv/wangge/files' }],
])('%s=%s is understood', (name, value, config) => {
  expect(readConfig({ [name]: value })).toMatchObject(config)
})

test.each([
  ['PORT', '80a'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '8080.5'],
  ['HOST', 'not a host'],
  ['DATABASE_URL', 'mysql://somewhere/db'],
  ['DATABASE_URL', 'just words'],
  ['DEMO', 'yes'],
  ['SECURE', 'true'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '*'],
  ['TRUST_PROXY', '0.0.0.0/0'],
  ['TRUST_PROXY', '192.0.2.1/33'],
  ['TRUST_PROXY', 'proxy.example'],
])('%s=%s is refused by name, in both languages', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}.*[一-鿿].*must be`))
})

test('a wrong database address is refused without repeating its password', () => {
  expect(() => readConfig({ DATABASE_URL: 'http://admin:s3cret@db/x' })).not.toThrow(/s3cret/)
})
