import type { Draft } from '#geo/plan/draft'
import { middleOf } from '#geo/plan/meter-spots'
import { atomsUnder } from './hit.ts'
import { isInside, pixelsBetween, type Place } from './place.ts'
import { gridAt, toolOf, type Host, type Tool } from './tool.ts'

/** Gives atoms to the chosen grid: those that the brush touches, or whose middle lies in a drawn area. */
export function paintTool(host: Host): Tool {
  let held = new Set<number>()
  let line: Place['at'][] = []
  let start: Place | null = null
  /** Of every atom, looked up once for each gesture. */
  let middles = new Map<number, Place['at']>()

  const area = (): 'brush' | 'rectangle' | 'lasso' =>
    host.options().paint === 'rectangle' ? 'rectangle' : host.options().paint === 'lasso' ? 'lasso' : 'brush'

  function forget(): void {
    held = new Set()
    line = []
    start = null
    middles = new Map()
    host.sketch({ line: [], hot: new Set(), brush: null, shape: 'line' })
  }

  function extend(place: Place): void {
    const now = host.now()
    if (!now || !start) return
    if (area() === 'brush') {
      for (const atom of under(host, place)) if (now.draft.labels.get(atom) !== host.chosen()) held.add(atom)
      host.sketch({ hot: new Set(held), brush: brushAt(host, place) })
      return
    }
    if (area() === 'rectangle') line = rectangle(start.at, place.at)
    else if (pixelsBetween(line.at(-1) ?? start.at, place.at, place.scale) > 3) line.push(place.at)
    if (middles.size === 0) middles = middlesOf(now.draft)
    held = new Set(atomsIn(now.draft, middles, line, host.chosen()))
    host.sketch({ line: [...line], shape: 'area', hot: held })
  }

  function pick(place: Place): void {
    const grid = gridAt(host, place)
    if (grid !== null) host.choose(grid)
  }

  return toolOf({
    cursor: 'crosshair',
    down(place) {
      const grid = gridAt(host, place)
      if (place.alt || host.chosen() === null) {
        pick(place)
        if (place.alt || grid === null) return 'take'
      }
      start = place
      line = [place.at]
      extend(place)
      return 'take'
    },
    move(place, press) {
      if (press === 'pressed') return extend(place)
      host.sketch({ hot: new Set(under(host, place)), brush: brushAt(host, place) })
    },
    up(place) {
      if (!start) return
      extend(place)
      const [atoms, grid] = [[...held], host.chosen()]
      forget()
      if (atoms.length > 0 && grid !== null) host.perform([{ kind: 'paint', atoms, grid }], place)
    },
    double: () => undefined,
    cancel: forget,
  })
}

/** What a press would take at this place. */
function under(host: Host, place: Place): ReadonlySet<number> {
  const now = host.now()
  const { paint, brush } = host.options()
  if (!now || paint === 'rectangle' || paint === 'lasso') return new Set()
  if (paint === 'brush') return atomsUnder(now.draft, now.meter, place, brush)
  const community = now.draft.atoms.get(now.meter.atomAt(place.at))?.community
  if (community === undefined) return new Set()
  return new Set(
    [...now.draft.atoms.values()].flatMap((atom) => (atom.community === community ? atom.id : [])),
  )
}

function brushAt(host: Host, { at, scale }: Place) {
  const { paint, brush } = host.options()
  if (paint !== 'brush' || brush === 0) return null
  return { at, radius: [brush * scale[0], brush * scale[1]] as const }
}

const rectangle = ([x0, y0]: Place['at'], [x1, y1]: Place['at']): Place['at'][] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
]

const middlesOf = (draft: Draft): Map<number, Place['at']> =>
  new Map([...draft.atoms.keys()].map((atom) => [atom, middleOf(draft, atom)]))

function atomsIn(
  draft: Draft,
  middles: ReadonlyMap<number, Place['at']>,
  ring: readonly Place['at'][],
  grid: number | null,
): readonly number[] {
  return [...middles].flatMap(([atom, middle]) =>
    draft.labels.get(atom) !== grid && isInside(middle, ring) ? atom : [],
  )
}
