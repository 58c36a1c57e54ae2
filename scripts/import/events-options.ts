import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { CRS_NAMES, type Axes, type Crs } from '../../geodata/crs.ts'
import { EVENT_SOURCES, type EventSource } from '../../server/events/contract.ts'
import { EVENT_FIELDS } from './columns.ts'
import { crsOf } from './grids-options.ts'
import { languageOf, LANGUAGES, type Language } from './language.ts'
import { isZone } from './time.ts'
import { oneOf, pairsOf, pathOf, Wrong } from './usage.ts'

export const HELP = `npm run import-events -- FILE.csv|FILE.xlsx [options]      dry run; writes nothing without --apply

  --apply                  store the events; run it again after a break: each row is stored once
  --map COLUMN=FIELD,…     fields: ${EVENT_FIELDS.join(' ')}
                           guessed from the headings where left out
  --set FIELD=VALUE,…      the same for every row that says nothing
  --category-map FILE|A=B,…   texts of the file to category codes; codes and names are known anyway
  --status-map A=B,…  --source-map A=B,…
  --source NAME            where rows name none: ${EVENT_SOURCES.join(' ')}; default public
  --system NAME            whose numbers these are, so that two systems may use the same; default import
  --crs NAME               ${CRS_NAMES.join(' ')}; default 4326
  --axes ORDER             east-first (default) or north-first
  --tz ZONE                clock of times without offset; default Asia/Shanghai
  --sheet NAME             of an XLSX; default the first
  --heading-row N          default: the best of the first ten rows
  --lang zh|en|both        default: by LANG`

export interface EventsOptions {
  readonly file: string
  readonly language: Language
  readonly apply: boolean
  readonly columns: ReadonlyMap<string, string>
  readonly constants: ReadonlyMap<string, string>
  readonly categories: ReadonlyMap<string, string>
  readonly statuses: ReadonlyMap<string, string>
  readonly sources: ReadonlyMap<string, string>
  readonly source: EventSource
  readonly system: string
  readonly crs: Crs
  readonly axes: Axes
  readonly zone: string
  readonly sheet: string | undefined
  readonly headingRow: number | undefined
}

const LISTS = ['map', 'set', 'category-map', 'status-map', 'source-map'] as const
const TEXTS = ['source', 'system', 'crs', 'axes', 'tz', 'sheet', 'heading-row', 'lang'] as const

/** Null where help was asked for. */
export function eventsOptionsOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): EventsOptions | null {
  const { values, positionals } = parsed(args)
  const text = (name: (typeof TEXTS)[number]): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  const list = (name: (typeof LISTS)[number]): readonly string[] => {
    const value = values[name]
    return Array.isArray(value) ? value.map(String) : []
  }
  if (values['help'] === true) return null
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new Wrong(
      '请给出一个 CSV 或 XLSX 文件；--help 查看用法',
      'Name one CSV or XLSX file; --help shows how',
    )
  return {
    file: pathOf(file, env),
    language: oneOf('--lang', text('lang'), LANGUAGES) ?? languageOf(env),
    apply: values['apply'] === true,
    columns: pairsOf('--map', list('map')),
    constants: constantsOf(pairsOf('--set', list('set'))),
    categories: categoryMap(list('category-map'), env),
    statuses: pairsOf('--status-map', list('status-map')),
    sources: pairsOf('--source-map', list('source-map')),
    source: oneOf('--source', text('source'), EVENT_SOURCES) ?? 'public',
    system: systemOf(text('system') ?? 'import'),
    crs: crsOf(text('crs')) ?? '4326',
    axes: oneOf('--axes', text('axes'), ['east-first', 'north-first']) ?? 'east-first',
    zone: zoneOf(text('tz') ?? 'Asia/Shanghai'),
    sheet: text('sheet'),
    headingRow: rowOf(text('heading-row')),
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
        ...Object.fromEntries(LISTS.map((name) => [name, { type: 'string' as const, multiple: true }])),
        apply: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Wrong(`参数有误：${reason}`, `Wrong arguments: ${reason}`, { cause })
  }
}

/** A JSON object, or a CSV of two columns. */
function categoryMap(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const files = texts.filter((text) => existsSync(pathOf(text, env)))
  const given = pairsOf(
    '--category-map',
    texts.filter((text) => !files.includes(text)),
  )
  return new Map([...files.flatMap((file) => pairsIn(pathOf(file, env))), ...given])
}

function pairsIn(file: string): readonly (readonly [string, string])[] {
  const content = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  try {
    const pairs: readonly (readonly unknown[])[] = content.trimStart().startsWith('{')
      ? Object.entries(JSON.parse(content) as object)
      : parse(content, { relax_column_count: true, skip_empty_lines: true })
    return pairs.map(([from, to]) => [String(from).trim(), String(to).trim()])
  } catch (cause) {
    throw new Wrong(`--category-map：无法读取 ${file}`, `--category-map: ${file} cannot be read`, { cause })
  }
}

function constantsOf(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const wrong = [...pairs.keys()].find(
    (field) => !EVENT_FIELDS.some((known) => known === field) || field === 'number',
  )
  if (wrong === undefined) return pairs
  throw new Wrong(`--set：没有字段 ${wrong}`, `--set: there is no field ${wrong}`)
}

function systemOf(text: string): string {
  if (/^[\w.-]{1,40}$/.test(text)) return text
  throw new Wrong(
    '--system 应为 1 到 40 个字母、数字或 . _ -',
    '--system is 1 to 40 letters, digits or . _ -',
  )
}

function zoneOf(text: string): string {
  if (isZone(text)) return text
  throw new Wrong(`--tz：没有时区 ${text}`, `--tz: there is no time zone ${text}`)
}

function rowOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new Wrong('--heading-row 应为行号', '--heading-row is the number of a row')
}
