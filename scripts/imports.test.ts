import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Who may import whom (architecture: the folder is the capability, the file name is the layer). A file belongs to the
 * first layer whose pattern matches; each of its imports must match one of that layer's `may`. Type-only imports and
 * re-exports count. Paths are relative to the root; packages stand by name, Node's modules as `node:`.
 */
interface Layer {
  readonly name: string
  readonly files: RegExp
  readonly may: readonly RegExp[]
}

const root = join(import.meta.dirname, '..')
const contracts = /^server\/\w+\/contract(\/|\.ts$)/
const rules = /^server\/\w+\/rules(\/|\.ts$)/
const stores = /^server\/\w+\/store(\/|\.ts$)/
const actions = /^server\/\w+\/actions(\/|\.ts$)/
/** How an event is read and which events match a filter is said once, for every store that lists or counts them. */
const eventWords = /^server\/events\/store\//
/** Rows of a spreadsheet or CSV from bytes, and bytes from rows. */
const sheets = /^server\/\w+\/sheet(\/|\.ts$)/
/** Boundary files of foreign formats, read and written. */
const formats = /^server\/\w+\/formats\//
const pureGeo = /^geodata\/(?:plan\/|balance\/)?[\w-]+\.ts$/
const db = /^db\//
const http = /^server\/http\//
const hub = /^server\/trail\/hub\.ts$/
const doors = [contracts, rules, pureGeo, /^client\/(data|map|ui|i18n)\//]
const clientPackages =
  /^(react|react-dom|react-dom\/client|maplibre-gl.*|@deck\.gl\/.*|@mantine\/.*|@tabler\/.*|@tanstack\/.*|zustand.*|i18next|react-i18next|@turf\/.*|\..*\.css|.*\.css|.*\?worker.*|.*\?url)$/

const layers: readonly Layer[] = [
  { name: 'contract', files: contracts, may: [contracts, pureGeo, /^typebox$/] },
  { name: 'rules', files: rules, may: [contracts, rules, pureGeo] },
  { name: 'geodata', files: pureGeo, may: [pureGeo, /^@turf\//, /^typebox$/, /^gcoord$/, /^proj4$/] },
  { name: 'demo', files: /^geodata\/demo\//, may: [/^geodata\//, /^node:/] },
  {
    name: 'db',
    files: db,
    may: [contracts, db, pureGeo, /^geodata\/demo\//, /^drizzle-orm/, /^pg$/, /^@electric-sql\//, /^node:/],
  },
  {
    name: 'actions',
    files: new RegExp(`${actions.source}|${hub.source}`),
    may: [
      contracts,
      rules,
      pureGeo,
      stores,
      actions,
      sheets,
      formats,
      db,
      http,
      /^typebox/,
      /^ajv/,
      /^@node-rs\/argon2$/,
      /^sharp$/,
      /^node:/,
    ],
  },
  {
    name: 'formats',
    files: formats,
    may: [
      contracts,
      formats,
      pureGeo,
      /^csv-/,
      /^(shpjs|fflate|topojson-(client|server)|@tmcw\/togeojson|@xmldom\/xmldom)$/,
      /^node:/,
    ],
  },
  { name: 'sheet', files: sheets, may: [contracts, sheets, http, /^csv-/, /-excel-file\//, /^node:/] },
  {
    name: 'http',
    files: http,
    may: [contracts, http, db, /^fastify$/, /^@fastify\//, /^ajv/, /^node:/, /^typebox/, /^drizzle-orm/],
  },
  {
    name: 'integrations',
    files: /^server\/integrations\//,
    may: [contracts, actions, http, /^fastify$/],
  },
  {
    name: 'app',
    files: /^server\/(app|main|config)\.ts$/,
    may: [/^server\//, db, /^fastify$/, /^@fastify\//, /^node:/],
  },
  { name: 'client app', files: /^client\/(app\/|\w+\.tsx$)/, may: [/^client\//, ...doors, clientPackages] },
  { name: 'client ground', files: /^client\/(data|map|ui|i18n)\//, may: [...doors, clientPackages] },
]

/** Layers that depend on their own folder: routes read their own store, client features stay on their own island. */
function layerOf(file: string): Layer | undefined {
  const folder = dirname(file).split('/').slice(0, 2).join('/')
  const own = new RegExp(`^${folder}/`)
  if (/^server\/\w+\/routes\.ts$/.test(file)) {
    return {
      name: 'routes',
      files: own,
      may: [
        contracts,
        rules,
        new RegExp(`^${folder}/store\\.ts$`),
        hub,
        http,
        pureGeo,
        actions,
        /^fastify$/,
        /^node:/,
      ],
    }
  }
  if (stores.test(file)) {
    const parts = new RegExp(`^${folder}/store/`)
    return { name: 'store', files: own, may: [contracts, db, /^drizzle-orm/, pureGeo, parts, eventWords] }
  }
  const known = layers.find((layer) => layer.files.test(file))
  if (known !== undefined) return known
  if (file.startsWith('client/'))
    return { name: 'client feature', files: own, may: [own, ...doors, clientPackages] }
  return undefined
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map((m) => resolve(file, m[1] ?? m[2] ?? m[3] ?? ''))
}

function resolve(file: string, target: string): string {
  if (target.startsWith('#contract/')) return `server/${target.slice(10)}/contract.ts`
  if (target.startsWith('#rules/')) return `server/${target.slice(7)}/rules.ts`
  if (target.startsWith('#geo/')) return `geodata/${target.slice(5)}.ts`
  if (target.startsWith('#db/')) return `db/${target.slice(4)}.ts`
  if (target.startsWith('.')) return normalize(join(dirname(file), target))
  return target
}

function faults(file: string, text: string): string[] {
  const layer = layerOf(file)
  if (layer === undefined) return [`${file}: belongs to no layer`]
  return importsOf(file, text)
    .filter((target) => !layer.may.some((pattern) => pattern.test(target)))
    .map((target) => `${file} (${layer.name}) must not import ${target}`)
}

const files = globSync(['server/**/*.ts', 'client/**/*.{ts,tsx}', 'db/**/*.ts', 'geodata/**/*.ts'], {
  cwd: root,
})
  .map((file) => relative(root, join(root, file)))
  .filter((file) => !/\.test\.tsx?$|testing\.ts$|\.d\.ts$/.test(file))

test('every file keeps to its layer', () => {
  expect(files.length).toBeGreaterThan(10)
  expect(files.flatMap((file) => faults(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
})

test.each([
  ['server/events/rules.ts', `import { readFile } from 'node:fs'`],
  ['server/events/rules.ts', `import type { Db } from '#db/open'`],
  ['server/events/contract.ts', `export { x } from './rules.ts'`],
  ['server/events/store.ts', `import { place } from '#rules/grids'`],
  ['server/events/routes.ts', `import { readGrids } from '../grids/store.ts'`],
  ['server/http/mount.ts', `import { append } from '../trail/store.ts'`],
  ['client/events/layer.ts', `import { GridPanel } from '../grids/GridPanel.tsx'`],
  ['client/data/api.ts', `import { App } from '../app/App.tsx'`],
  ['client/events/queries.ts', `import { db } from '#db/open'`],
  ['geodata/topology.ts', `const x = await import('node:fs')`],
  ['elsewhere/x.ts', ``],
])('%s is refused %s', (file, text) => {
  expect(faults(file, text)).not.toEqual([])
})
