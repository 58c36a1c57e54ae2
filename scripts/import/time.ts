/** Reads instants as people and programs in China write them. A time without offset is the clock on the wall of `zone`. */

const TEXT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(上午|下午|AM|PM)?\s*(\d{1,2})[:时点](\d{1,2})分?(?:[:]?(\d{1,2})(?:\.\d+)?秒?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/
/** Days since 1899-12-30, as spreadsheets count: 1982 to 2064. */
const SERIAL = /^[345]\d{4}(?:\.\d+)?$/
const UNIX = /^1\d{9}(?:\d{3})?$/

interface Wall {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Milliseconds since 1970, or null where the text is no time that exists. */
export function readTime(text: string, zone: string): number | null {
  if (UNIX.test(text)) return Number(text) * (text.length === 10 ? 1000 : 1)
  if (SERIAL.test(text)) {
    const ms = Math.round(Number(text) * 86_400) * 1000
    return instantAt(wallAt(Date.UTC(1899, 11, 30) + ms), zone)
  }
  const digits = DIGITS.exec(text)
  if (digits) return instantOf(digits.slice(1), zone, undefined)
  const [, year, month, day, half, hour, minute, second, offset] = TEXT.exec(text) ?? []
  if (year === undefined) return null
  return instantOf([year, month, day, clockHour(half, hour), minute, second], zone, offset)
}

function clockHour(half: string | undefined, hour: string | undefined): string | undefined {
  if (half === undefined || hour === undefined) return hour
  const isLate = /下午|PM/i.test(half)
  return String((Number(hour) % 12) + (isLate ? 12 : 0))
}

function instantOf(
  parts: readonly (string | undefined)[],
  zone: string,
  offset: string | undefined,
): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  )
  const wall: Wall = { year, month, day, hour, minute, second }
  const utc = utcOf(wall)
  // A 30 February comes back as a day in March, and 24:00 as the next day.
  if (Object.values(wallAt(utc)).join(' ') !== Object.values(wall).join(' ')) return null
  return offset === undefined ? instantAt(wall, zone) : utc - offsetOf(offset)
}

function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000
}

function utcOf({ year, month, day, hour, minute, second }: Wall): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function wallAt(utc: number): Wall {
  const date = new Date(utc)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/** The instant at which the clocks of the zone show this; twice, because the offset depends on the instant itself. */
function instantAt(wall: Wall, zone: string): number {
  const utc = utcOf(wall)
  const first = utc - offsetAt(utc, zone)
  return utc - offsetAt(first, zone)
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** Offsets change at full hours at most; asking the calendar is slow. */
const offsets = new Map<string, number>()

function offsetAt(instant: number, zone: string): number {
  const hour = Math.floor(instant / 3_600_000)
  const key = `${zone} ${hour}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const found = formatted(hour * 3_600_000, zone) - hour * 3_600_000
  if (offsets.size > 100_000) offsets.clear()
  offsets.set(key, found)
  return found
}

function formatted(instant: number, zone: string): number {
  const format = formats.get(zone) ?? formatOf(zone)
  formats.set(zone, format)
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const [two, h23] = ['2-digit', 'h23'] as const
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: h23,
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  })
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}
