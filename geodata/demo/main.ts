import { mkdirSync, writeFileSync } from 'node:fs'
import { buildDemo } from './build.ts'
import { encode } from './codec.ts'
import { DATA, FILES } from './read.ts'

const files = encode(buildDemo())
mkdirSync(DATA, { recursive: true })
for (const name of FILES) {
  const text = JSON.stringify(files[name])
  writeFileSync(new URL(name, DATA), `${text}\n`)
  process.stdout.write(`${name} ${Math.round(Buffer.byteLength(text) / 1024)} KB\n`)
}
