/** A JSON object of unknown content. */
export type Properties = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a property; where none has that name, `a.b` looks into the object `a`. */
export function valueAt(properties: Properties, path: string): unknown {
  if (Object.hasOwn(properties, path)) return properties[path]
  const dot = path.indexOf('.')
  const inner = dot < 0 ? undefined : properties[path.slice(0, dot)]
  return isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined
}

/** A short quotation for a sentence; never the whole of a large value. */
export function told(value: unknown): string {
  if (!Array.isArray(value)) return shortly(value)
  const more = value.length > 4 ? ', …' : ''
  return `[${value.slice(0, 4).map(shortly).join(', ')}${more}]`
}

function shortly(value: unknown): string {
  if (Array.isArray(value)) return '[…]'
  if (typeof value === 'object' && value !== null) return '{…}'
  const text = JSON.stringify(value) ?? '—'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** The rings of a feature as they stand, found without looking at a single point. */
export function ringsOf(feature: unknown): readonly (readonly unknown[])[] {
  const geometry = isObject(feature) ? feature['geometry'] : undefined
  const coordinates = isObject(geometry) ? geometry['coordinates'] : undefined
  if (!isObject(geometry) || !Array.isArray(coordinates)) return []
  const parts: readonly unknown[] = geometry['type'] === 'Polygon' ? [coordinates] : coordinates
  return parts.filter(Array.isArray).flatMap((part: readonly unknown[]) => part.filter(Array.isArray))
}
