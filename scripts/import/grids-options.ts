import { parseArgs } from 'node:util'
import { CRS_NAMES, readCrs, type Axes, type Crs } from '../../geodata/crs.ts'
import { GRID_FIELDS, type GridMap } from '../../geodata/gate-properties.ts'
import { languageOf, LANGUAGES, type Language } from './language.ts'

import { instantOf, numberOf, oneOf, pairsOf, pathOf, Wrong } from './usage.ts'

export const HELP = `npm run import-grids -- FILE.geojson [options]      checks; writes nothing without --apply

  --apply                  take the boundaries into force, in one transaction
  --repair                 repair by the rules in scripts/README.md, and list what was done
  --replace                end the boundaries in force (they are kept in the history)
  --from DATE              in force from then on; default: always for the first boundaries, now with --replace
  --crs NAME               ${CRS_NAMES.join(' ')}; default: what the file says, or 4326
  --axes ORDER             east-first (default) or north-first
  --tolerance-m N          borders closer than this were meant to match; default 1
  --gap-m2 N               gaps up to this area are slips; default 500
  --keep-gaps              larger gaps are meant: lakes, enclaves
  --sub-district-name N  --sub-district-name-en N  --sub-district-code C
                           needed once; the code is read off the community codes where it is left out
  --code P  --name P  --name-en P  --kind P  --community P  --community-name P  --community-name-en P  --worker P  --accepted P
                           property of each; a.b looks into a; =VALUE gives all grids the same; guessed where left out
  --kind-map A=B,…         B: urban-full-time, urban-comprehensive, rural-comprehensive
  --out FILE               write the checked (or repaired) grids as GeoJSON
  --faults FILE            write the faults as GeoJSON points
  --all                    list everything
  --lang zh|en|both        default: by LANG`

export interface GridsOptions {
  readonly file: string
  readonly language: Language
  readonly apply: boolean
  readonly repair: boolean
  readonly replace: boolean
  readonly keepGaps: boolean
  readonly all: boolean
  readonly from: Date | null
  readonly crs: Crs | undefined
  readonly axes: Axes | undefined
  readonly toleranceM: number | undefined
  readonly gapM2: number | undefined
  readonly map: GridMap
  readonly kinds: ReadonlyMap<string, string>
  /** Without a code, the nine digits that the codes of its communities begin with. */
  readonly subdistrict: {
    readonly code: string | null
    readonly name: string
    readonly nameEn: string
  } | null
  readonly out: string | undefined
  readonly faults: string | undefined
}

const TEXTS = [
  'from',
  'crs',
  'axes',
  'tolerance-m',
  'gap-m2',
  'sub-district-code',
  'sub-district-name',
  'sub-district-name-en',
  'out',
  'faults',
  'lang',
  ...GRID_FIELDS,
] as const
const SWITCHES = ['apply', 'repair', 'replace', 'keep-gaps', 'all', 'help'] as const

/** Null where help was asked for. */
export function gridsOptionsOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GridsOptions | null {
  const { values, positionals } = parsed(args)
  const text = (name: (typeof TEXTS)[number]): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const has = (name: (typeof SWITCHES)[number]): boolean => values[name] === true
  if (has('help')) return null
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new Wrong('请给出一个 GeoJSON 文件；--help 查看用法', 'Name one GeoJSON file; --help shows how')
  const path = (given: string | undefined) => (given === undefined ? undefined : pathOf(given, env))
  return {
    file: pathOf(file, env),
    language: oneOf('--lang', text('lang'), LANGUAGES) ?? languageOf(env),
    apply: has('apply'),
    repair: has('repair'),
    replace: has('replace'),
    keepGaps: has('keep-gaps'),
    all: has('all'),
    from: instantOf('--from', text('from')) ?? null,
    crs: crsOf(text('crs')),
    axes: oneOf('--axes', text('axes'), ['east-first', 'north-first']),
    toleranceM: numberOf('--tolerance-m', text('tolerance-m'), 100),
    gapM2: numberOf('--gap-m2', text('gap-m2'), 1e9),
    map: Object.fromEntries(
      GRID_FIELDS.flatMap((field) => (text(field) === undefined ? [] : [[field, text(field)]])),
    ),
    kinds: pairsOf('--kind-map', Array.isArray(values['kind-map']) ? values['kind-map'].map(String) : []),
    subdistrict: subdistrictOf(
      text('sub-district-code'),
      text('sub-district-name'),
      text('sub-district-name-en'),
    ),
    out: path(text('out')),
    faults: path(text('faults')),
  }
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
}

function parsed(args: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' as const }])),
        ...Object.fromEntries(SWITCHES.map((name) => [name, { type: 'boolean' as const }])),
        'kind-map': { type: 'string', multiple: true },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Wrong(`参数有误：${reason}`, `Wrong arguments: ${reason}`, { cause })
  }
}

export function crsOf(text: string | undefined): Crs | undefined {
  if (text === undefined) return undefined
  const crs = readCrs(text)
  if (crs !== null) return crs
  const known = CRS_NAMES.join(', ')
  throw new Wrong(
    `不支持坐标系 ${text}；可用：${known}`,
    `${text} is not a coordinate system known here: ${known}`,
  )
}

function subdistrictOf(code?: string, name?: string, nameEn?: string): GridsOptions['subdistrict'] {
  if (code === undefined && name === undefined && nameEn === undefined) return null
  if (name === undefined || name.trim() === '' || code?.trim() === '')
    throw new Wrong('街道需要名称：--sub-district-name', 'A sub-district needs its name: --sub-district-name')
  return { code: code ?? null, name, nameEn: nameEn ?? name }
}
