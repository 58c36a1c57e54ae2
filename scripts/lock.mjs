// Completes package-lock.json after `npm install` from a registry mirror that lacks the optional binaries of other systems:
// npm leaves them out of the lockfile, and `npm ci` then refuses it. An entry needs no more than a version and the system
// that it is for; where that system installs it, npm asks its own registry for it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
  'wasi',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'universal',
  'wasm32',
  'x64',
]

function systemOf(name) {
  const parts = name.split(/[-/]/)
  const os = SYSTEMS.find((system) => parts.includes(system))
  const cpu = PROCESSORS.find((processor) => parts.includes(processor))
  const libc = parts.some((part) => part.startsWith('musl')) ? 'musl' : os === 'linux' ? 'glibc' : undefined
  if (os === undefined && cpu === undefined) throw new Error(`${name}: for which system?`)
  return {
    ...(cpu !== undefined && cpu !== 'universal' && { cpu: [cpu] }),
    ...(libc !== undefined && { libc: [libc] }),
    ...(os !== undefined && os !== 'wasi' && { os: [os] }),
  }
}

let added = 0
for (const entry of Object.values(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`
    if (lock.packages[path] !== undefined) continue
    const version = /\d+\.\d+\.\d+[\w.-]*/.exec(range)?.[0]
    if (version === undefined) throw new Error(`${name}@${range}: which version?`)
    lock.packages[path] = { version, ...systemOf(name), optional: true }
    added++
  }
}
const [root, ...packages] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...packages.toSorted(([a], [b]) => (a < b ? -1 : 1))])
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} optional packages of other systems added`)
