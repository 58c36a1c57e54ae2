import { useEffect, useMemo, useRef } from 'react'
import type { GridKey } from '#geo/plan/draft'
import { trace } from '#geo/plan/trace'
import { PLAN_TOOLS, useView } from '../data/view.ts'
import type { Gesture } from '../map/gesture.ts'
import { isTyping } from '../ui/keys.ts'
import { planWith } from './queries.ts'
import { aimTool, stopAiming, useAim } from './scenarios/aim.ts'
import { usePlanning } from './session.ts'
import type { Outcome } from './track.ts'
import { placeOf, type Place } from './tools/place.ts'
import { enter, exit } from './tools/toolbox.ts'
import { useOptions, useSketch, type Host, type Tool } from './tools/tool.ts'

const choose = (grid: GridKey | null): void => {
  const { plan, set } = useView.getState()
  if (plan.grid !== grid) set({ plan: planWith(plan, { grid }) })
}

/** Says on the map why something was refused; what changes nothing needs no word. */
function told(outcome: Outcome, place: Place | null): Outcome {
  const isWord = !outcome.ok && outcome.rule !== 'nothing'
  useSketch.setState({ refused: isWord ? { why: outcome, px: place?.px ?? null } : null })
  return outcome
}

export const host: Host = {
  now() {
    const { draft, meter, phase } = usePlanning.getState()
    return phase === 'open' && draft && meter ? { draft, meter } : null
  },
  chosen: () => useView.getState().plan.grid,
  vertex: () => useSketch.getState().vertex,
  choose,
  perform: (ops, place) => told(usePlanning.getState().perform(...ops), place),
  preview: (ops, place) => told(usePlanning.getState().preview(...ops), place),
  drop: () => usePlanning.getState().drop(),
  sketch: (part) => useSketch.setState(part),
  options: () => useOptions.getState(),
  trace(from, to) {
    const { draft } = usePlanning.getState()
    return (draft && trace(draft, from, to)?.points) ?? [from, to]
  },
  newName(grid) {
    const { draft } = usePlanning.getState()
    const { name = '', nameEn = '' } = draft?.grids.get(grid) ?? {}
    const taken = new Set([...(draft?.grids.values() ?? [])].map((each) => each.name))
    let count = 2
    while (taken.has(`${name}-${count}`)) count++
    return { name: `${name}-${count}`.slice(-40), nameEn: `${nameEn} ${count}`.slice(-40) }
  },
}

/** The tool that the view names, as the map's gesture; readers choose and look only. */
export function useTool(): Gesture | null {
  const asked = useView((view) => view.plan.tool)
  const isOpen = usePlanning((planning) => planning.phase === 'open')
  const isReading = usePlanning(({ saving }) => saving === 'readonly' || saving === 'conflict')
  const border = useOptions((options) => options.border)
  const name = isReading && asked !== 'compare' ? 'look' : asked
  const current = useRef<Tool | null>(null)
  // oxlint-disable-next-line react/exhaustive-deps -- another way of moving borders is another tool
  const own = useMemo(() => (isOpen ? enter(name, host) : null), [isOpen, name, border])
  const take = useAim((aim) => aim.take)
  const tool = useMemo(() => (own && take ? aimTool(take) : own), [own, take])
  useEffect(() => {
    current.current = tool
    return () => {
      if (tool) exit(tool)
    }
  }, [tool])
  useVertexCheck()
  useToolKeys(current)
  return useMemo(() => (tool ? gestureOf(tool) : null), [tool])
}

/** A chosen point that undo or somebody else has moved is chosen no longer. */
function useVertexCheck(): void {
  const tick = usePlanning((planning) => planning.tick)
  const draft = usePlanning((planning) => planning.draft)
  useEffect(() => {
    const { vertex } = useSketch.getState()
    if (!vertex || vertex.kind === 'edge') return
    const now =
      vertex.kind === 'node'
        ? draft?.nodes.get(vertex.node)
        : draft?.arcs.get(vertex.arc)?.points[vertex.index]
    if (String(now) !== String(vertex.at)) useSketch.setState({ vertex: null })
  }, [tick, draft])
}

/** Whether a tool has a press now, so that Esc ends that and not the tool. */
let isPressed = false

function gestureOf(tool: Tool): Gesture {
  return {
    cursor: tool.cursor,
    down(touch) {
      const answer = tool.down(placeOf(touch))
      isPressed = answer === 'take'
      return answer
    },
    move: (touch, press) => tool.move(placeOf(touch), press),
    up(touch) {
      isPressed = false
      tool.up(placeOf(touch))
    },
    click: (touch) => tool.click(placeOf(touch)),
    double: (touch) => tool.double(placeOf(touch)),
    long: (touch) => tool.long(placeOf(touch)),
    cancel() {
      isPressed = false
      tool.cancel()
    },
    leave: () => useSketch.setState({ brush: null, handle: null }),
  }
}

/** Keys of planning come before those of the console, which are numbers too. */
function useToolKeys(current: { readonly current: Tool | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.altKey) return
      const used =
        event.ctrlKey || event.metaKey ? pressControl(event) : pressPlain(event.key, current.current)
      if (!used) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [current])
}

function pressControl({ key, shiftKey }: KeyboardEvent): boolean {
  const letter = key.toLowerCase()
  const { undo, redo } = usePlanning.getState()
  if (letter === 'z' && !shiftKey) undo()
  else if (letter === 'y' || letter === 'z') redo()
  else return false
  return true
}

function pressPlain(key: string, tool: Tool | null): boolean {
  const { plan, set } = useView.getState()
  if (key === 'Escape') return escape(tool)
  if (tool?.key(key)) return true
  const name = /^[1-7]$/.test(key) ? PLAN_TOOLS[Number(key)] : undefined
  if (name) set({ plan: planWith(plan, { tool: plan.tool === name ? 'look' : name }) })
  return name !== undefined
}

/** First the gesture, then the tool, then what was chosen; after that the key is the console's. */
function escape(tool: Tool | null): boolean {
  if (useAim.getState().take) {
    stopAiming()
    return true
  }
  const { plan, set } = useView.getState()
  const { line, vertex, refused } = useSketch.getState()
  const wasPressed = isPressed
  isPressed = false
  tool?.cancel()
  useSketch.setState({ vertex: null, refused: null })
  if (wasPressed || line.length > 0 || vertex || refused) return true
  if (plan.tool !== 'look') set({ plan: planWith(plan, { tool: 'look' }) })
  else if (plan.grid !== null) set({ plan: planWith(plan, { grid: null }) })
  else return false
  return true
}
