import { useEffect, useMemo } from 'react'
import type { Position } from '#geo/geojson'
import { useView } from '../data/view.ts'
import { NO_GUEST, useGuest } from '../map/guest.ts'
import type { Look } from '../map/scene.ts'
import { PlanLegend } from './PlanLegend.tsx'
import { usePointed } from './impact/pointed.ts'
import { planPart } from './layer.ts'
import { useOpenPlan } from './queries.ts'
import { useCompared } from './scenarios/comparing.ts'
import { useReopen } from './scenarios/reopen.ts'
import { ConflictDialog } from './scenarios/ConflictDialog.tsx'
import { usePlanning } from './session.ts'
import { Toast } from './Toast.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useSketch } from './tools/tool.ts'
import { useColors, useDrawn } from './drawing.ts'
import { useTool } from './toolwork.ts'

/** A draft on the map with its tools; it takes the place of the grids in force while it is open. */
export function PlanningStage({ look }: { readonly look: Look }) {
  useOpenPlan()
  useReopen()
  const isOpen = usePlanning((planning) => planning.phase === 'open')
  const { part, gesture } = useGuestOf(look)
  useEffect(() => {
    if (part) useGuest.setState({ part, gesture, grids: 'own' })
    else useGuest.setState(NO_GUEST)
  }, [part, gesture])
  useEffect(() => () => useGuest.setState(NO_GUEST), [])
  if (!isOpen) return null
  return (
    <>
      <Toolbar />
      <PlanLegend look={look} />
      <Toast />
      <ConflictDialog />
    </>
  )
}

const NOTHING: readonly Position[] = []

function useGuestOf(look: Look) {
  const draft = usePlanning((planning) => planning.draft)
  const tick = usePlanning((planning) => planning.tick)
  const { grid: chosen, tool } = useView((view) => view.plan)
  const sketch = useSketch()
  const marked = usePointed((now) => now.pointed?.points) ?? NOTHING
  const drawn = useDrawn()
  const colors = useColors(look)
  const gesture = useTool()
  const part = useMemo(
    () =>
      draft && drawn && drawn.draft === draft
        ? planPart({ draft, drawn, tick, colors, chosen, tool, sketch, marked }, look)
        : null,
    [draft, drawn, tick, colors, chosen, tool, sketch, marked, look],
  )
  return { part: useCompared(part, look, colors), gesture }
}
