import type { PlanTool } from '../../data/view.ts'
import { compareTool } from '../scenarios/curtain.ts'
import { borderTool } from './border.ts'
import { reshapeTool, splitTool } from './lines.ts'
import { paintTool } from './paint.ts'
import { lockTool, lookTool, mergeTool, stationTool } from './single.ts'
import { clearSketch, type Host, type Tool } from './tool.ts'

/** Every way of working, by hand; each begins empty and is forgotten when it is left. */
const TOOLS: Record<PlanTool, (host: Host) => Tool> = {
  look: lookTool,
  paint: paintTool,
  border: (host) => (host.options().border === 'drag' ? borderTool(host) : reshapeTool(host)),
  split: splitTool,
  merge: mergeTool,
  station: stationTool,
  lock: lockTool,
  compare: compareTool,
}

export function enter(name: PlanTool, host: Host): Tool {
  clearSketch()
  return TOOLS[name](host)
}

export function exit(tool: Tool): void {
  tool.cancel()
  clearSketch()
}
