import { feature as featuresOf } from 'topojson-client'
import { readCrs } from '#geo/crs'
import { isObject, told } from '#geo/gate-json'
import { decoded, FormatError, type Layer } from './format.ts'

/** GeoJSON, or TopoJSON with one object in it. What is inside is the gate's to judge. */
export function readJson(bytes: Uint8Array): Layer {
  const { text, encoding } = decoded(bytes)
  const value = parsed(text)
  if (isObject(value) && value['type'] === 'Topology') return fromTopology(value, encoding)
  const namedAs = nameOf(value)
  return {
    format: 'geojson',
    // Whatever it is: the gate says what is wrong with it.
    collection: value as Layer['collection'],
    named: namedAs === null ? null : readCrs(namedAs),
    namedAs,
    encoding,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FormatError('文件不是有效的 JSON。', 'The file is not valid JSON.')
  }
}

function nameOf(value: unknown): string | null {
  const member = isObject(value) ? value['crs'] : undefined
  if (!isObject(member)) return null
  const name = isObject(member['properties']) ? member['properties']['name'] : member
  return told(name).replaceAll('"', '')
}

function fromTopology(value: Readonly<Record<string, unknown>>, encoding: Layer['encoding']): Layer {
  const objects = isObject(value['objects']) ? Object.values(value['objects']) : []
  const [only] = objects
  if (objects.length !== 1 || !isObject(only))
    throw new FormatError(
      `TopoJSON 应只含一个对象，实有 ${objects.length} 个。`,
      `The TopoJSON must hold one object, but holds ${objects.length}.`,
    )
  try {
    const made: unknown = featuresOf(value as never, only as never)
    return {
      format: 'topojson',
      collection: made as Layer['collection'],
      named: null,
      namedAs: null,
      encoding,
    }
  } catch {
    throw new FormatError(
      'TopoJSON 的弧段有误，无法还原。',
      'The arcs of the TopoJSON are wrong: no shapes come of them.',
    )
  }
}
