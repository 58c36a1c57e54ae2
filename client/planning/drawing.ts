import { useEffect, useMemo, useRef, useState } from 'react'
import { useView } from '../data/view.ts'
import type { Look } from '../map/scene.ts'
import { gridColors, huesOf, type Hues } from './colors.ts'
import { openDrawn, type Drawn } from './drawn.ts'
import { openProver, type Proof, type Prover } from './proof.ts'
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

/** The colour of each grid; hues stay with their grids while the draft changes. */
export function useColors(look: Look): ReadonlyMap<number, string> {
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const tick = usePlanning((planning) => planning.tick)
  const paint = useView((view) => view.plan.paint)
  const had = useRef<{ readonly draft: Draft; readonly hues: Hues } | null>(null)
  return useMemo(() => {
    if (!draft || !meter || tick === 0) return new Map()
    const hues = huesOf(draft, had.current?.draft === draft ? had.current.hues : undefined)
    // oxlint-disable-next-line react/refs -- a memory of what was given, not something to render by
    had.current = { draft, hues }
    return gridColors(draft, meter, hues, paint, look)
  }, [draft, meter, tick, paint, look])
}

/** What the badge says, counted anew from what each change touches. */
export function useProof(): Proof | null {
  const draft = usePlanning((planning) => planning.draft)
  const tick = usePlanning((planning) => planning.tick)
  const [prover, setProver] = useState<{ readonly draft: Draft; readonly prover: Prover } | null>(null)
  useEffect(() => {
    if (!draft) return
    const opened = openProver(draft)
    setProver({ draft, prover: opened })
    return watchPatches((patch) => opened.update(patch))
  }, [draft])
  return useMemo(
    () => (tick > 0 && prover && prover.draft === draft ? prover.prover.now() : null),
    [tick, prover, draft],
  )
}
