import { useMemo } from 'react'
import type { Band } from '../../map/bands.ts'
import type { Look, Part } from '../../map/scene.ts'
import { useView } from '../../data/view.ts'
import { gridColors, huesOf } from '../colors.ts'
import { usePlanning, type Side } from '../session.ts'
import { useShown, withOther, type Drawn } from './overlay.ts'
import { useOtherSide } from './queries.ts'
import { shapesNow, shapesOf, type SideShapes } from './sideshapes.ts'

/** West and east of what a side covers. */
export function extentOf({ lines }: SideShapes): readonly [west: number, east: number] {
  const lngs = lines.flatMap((line) => line.map(([lng]) => lng))
  return [
    lngs.reduce((least, lng) => Math.min(least, lng), 180),
    lngs.reduce((most, lng) => Math.max(most, lng), -180),
  ]
}

/** What the map shows of the open draft, with the other side of a comparison where one is chosen. */
export function useCompared(part: Part<Band> | null, look: Look, colors: Drawn['colors']): Part<Band> | null {
  const against = useView((view) => view.plan.against)
  const paint = useView((view) => view.plan.paint)
  const other = useOtherSide(against).data ?? null
  const { shown, lng } = useShown()
  const here = useHere(other !== null && shown !== 'this')
  const otherDrawn = useMemo(() => {
    if (!other) return null
    const hues = huesOf(other.draft)
    return { shapes: shapesOf(other), colors: gridColors(other.draft, other.meter, hues, paint, look) }
  }, [other, paint, look])
  return useMemo(() => {
    if (!part || !here || !otherDrawn) return part
    const [west, east] = extentOf(here)
    const pair = { here: { shapes: here, colors }, other: otherDrawn, shown, lng: lng ?? (west + east) / 2 }
    return withOther(part, pair, look)
  }, [part, here, otherDrawn, colors, shown, lng, look])
}

/** Shapes of the open draft as it is now; none as long as nobody compares. */
function useHere(isAsked: boolean): SideShapes | null {
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const tick = usePlanning((planning) => planning.tick)
  return useMemo(() => {
    const side: Side | null = draft && meter && { draft, meter }
    return isAsked && side && tick > 0 ? shapesNow(side) : null
  }, [isAsked, draft, meter, tick])
}
