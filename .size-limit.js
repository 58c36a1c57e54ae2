import { readdirSync, readFileSync } from 'node:fs'

/** What the browser fetches, read from the built page itself: no list of names to forget one in. */
const ASSETS = 'dist/assets/'

/** The files that these import at once, and those in turn. */
function withImports(names) {
  const found = new Set(names)
  for (const name of found) {
    const text = readFileSync(ASSETS + name, 'utf8')
    for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) found.add(next)
  }
  return [...found].map((name) => ASSETS + name)
}

const page = [...readFileSync('dist/index.html', 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(
  ([, name]) => name,
)
const named = (start) => readdirSync(ASSETS).filter((name) => name.startsWith(start) && name.endsWith('.js'))
const map = [...page, ...named('MapStage'), ...named('MapView'), ...named('maplibre-')].filter(
  (name) => !name.startsWith('maplibre-gl-worker'),
)
const worker = named('maplibre-gl-worker').map((name) => ASSETS + name)

export default [
  { name: 'JS before the map', path: withImports(page), gzip: true, limit: '280 kB' },
  { name: 'JS of the page with the map', path: withImports(map), gzip: true, limit: '650 kB' },
  {
    name: "the same and the map's worker, as sent (brotli)",
    path: [...withImports(map), ...worker],
    brotli: true,
    limit: '650 kB',
  },
]
