import { toPosition } from '#geo/lattice'
import { lookTool } from '../tools/single.ts'
import { toolOf, type Host, type Tool } from '../tools/tool.ts'
import { reachOf, type Place } from '../tools/place.ts'
import { useShown } from './overlay.ts'

/** Takes hold of the line of a swipe; all else is as without a tool. */
export function compareTool(host: Host): Tool {
  let isHeld = false
  const lngOf = ({ at }: Place): number => toPosition(at)[0]

  function isNear(place: Place): boolean {
    const { shown, lng } = useShown.getState()
    if (shown !== 'swipe' || lng === null) return false
    return Math.abs(lngOf(place) - lng) * 1e7 < reachOf(place) * place.scale[0]
  }

  return toolOf({
    ...lookTool(host),
    down(place) {
      isHeld = isNear(place)
      return isHeld ? 'take' : 'leave'
    },
    move(place, press) {
      if (isHeld && press === 'pressed') useShown.setState({ lng: lngOf(place) })
    },
    up: () => void (isHeld = false),
    cancel: () => void (isHeld = false),
  })
}
