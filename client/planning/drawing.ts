import { useEffect, useMemo } from 'react'
import { useView } from '../data/view.ts'
import type { Look } from '../map/scene.ts'
import { gridColors, huesOf, type Hues } from './colors.ts'
import { openDrawn, type Drawn } from './drawn.ts'
import { openProver, type Proof } from './proof.ts'
import { usePlanning, watchPatches } from './session.ts'
import type { Draft } from '#geo/plan/draft'

/** Features of the open draft, kept up to date with it. */
export function useDrawn(): (Drawn & { readonly draft: Draft }) | null {
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const base = usePlanning((planning) => planning.base)
  const drawn = useMemo(
    () => (draft && meter && base ? { ...openDrawn({ draft, meter }, base), draft } : null),
    [draft, meter, base],
  )
  useEffect(() => (drawn ? watchPatches((patch) => drawn.update(patch)) : undefined), [drawn])
  return drawn
}

const huesHad = new WeakMap<Draft, Hues>()

/** The colour of each grid; hues stay with their grids while the draft changes. */
export function useColors(look: Look): ReadonlyMap<number, string> {
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const tick = usePlanning((planning) => planning.tick)
  const paint = useView((view) => view.plan.paint)
  return useMemo(() => {
    if (!draft || !meter || tick === 0) return new Map()
    const hues = huesOf(draft, huesHad.get(draft))
    huesHad.set(draft, hues)
    return gridColors(draft, meter, hues, paint, look)
  }, [draft, meter, tick, paint, look])
}

/** What the badge says, counted anew from what each change touches. */
export function useProof(): Proof | null {
  const draft = usePlanning((planning) => planning.draft)
  const tick = usePlanning((planning) => planning.tick)
  const prover = useMemo(() => (draft ? openProver(draft) : null), [draft])
  useEffect(() => (prover ? watchPatches((patch) => prover.update(patch)) : undefined), [prover])
  return useMemo(() => (tick > 0 && prover ? prover.now() : null), [tick, prover])
}
