import { isUrban } from './ground.ts'
import { absorbed, type Face, type Land } from './land.ts'
import { length, type Point } from './plane.ts'
import { random } from './random.ts'
import { subdivided, type Pattern } from './split.ts'

/** Streets and lanes: the town falls into blocks, by quarter. */
export function town(land: Land): Land {
  const cut = subdivided(land, patternOf, random(31))
  return absorbed(
    cut,
    (face) => isUrban(face) && face.kind !== 'water' && (face.area < 3500 || face.compactness < 0.25),
    (from, to) => from.community === to.community && from.kind === to.kind,
  )
}

const street = (chord: readonly Point[]): ReturnType<Pattern['drawn']> =>
  length(chord) > 330
    ? { ...NAMELESS, kind: 'road', road: 'street' }
    : { ...NAMELESS, kind: 'lane', road: 'lane' }

const NAMELESS = { name: null, nameEn: null }

const PATTERNS: Partial<Record<Face['kind'], Pattern>> = {
  block: { above: 13000, skew: 0.24, bow: 0.05, kink: 0.025, snapM: 14, floor: 0.4, drawn: street },
  estate: { above: 82000, skew: 0.08, bow: 0.05, kink: 0, snapM: 32, floor: 0.42, drawn: street },
  industry: { above: 110000, skew: 0.03, bow: 0.01, kink: 0, snapM: 40, floor: 0.4, drawn: street },
  park: {
    above: 70000,
    skew: 0.05,
    bow: 0,
    kink: 0,
    snapM: 30,
    floor: 0.1,
    drawn: () => ({ ...NAMELESS, kind: 'lane', road: 'lane' }),
  },
  water: {
    above: 70000,
    skew: 0.05,
    bow: 0,
    kink: 0,
    snapM: 30,
    floor: 0.1,
    drawn: () => ({ ...NAMELESS, kind: 'field', road: null }),
  },
}

function patternOf(face: Face): Pattern | null {
  if (face.kind === 'water') return PATTERNS.water ?? null
  return isUrban(face) ? (PATTERNS[face.kind] ?? null) : null
}
