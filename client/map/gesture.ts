import type { Map as MapLibre } from 'maplibre-gl'
import type { Position } from '#geo/geojson'

/** Where the pointer is, and how large a pixel is there. */
export interface Touch {
  readonly position: Position
  /** CSS px within the map. */
  readonly at: readonly [x: number, y: number]
  /** Degrees of longitude and latitude to a px. */
  readonly pixel: readonly [lng: number, lat: number]
  readonly kind: 'mouse' | 'touch'
  readonly alt: boolean
  readonly shift: boolean
}

/** What a tool does with the pointer. While it has a press, the map stays where it is. */
export interface Gesture {
  /** `take`: the press is the tool's; `leave`: it is the map's, to pan by. */
  readonly down: (touch: Touch) => 'take' | 'leave'
  readonly move: (touch: Touch, press: 'pressed' | 'free') => void
  readonly up: (touch: Touch) => void
  /** A short press that was left to the map. */
  readonly click: (touch: Touch) => void
  readonly double: (touch: Touch) => void
  /** Pressed for half a second without moving. */
  readonly long: (touch: Touch) => void
  /** The press was taken away: by a second finger, which pans and zooms, by Esc, or by the window. */
  readonly cancel: () => void
  readonly leave: () => void
  readonly cursor: string
}

const LONG_MS = 500
/** An unsteady hand's way during a press that is not meant to move. */
const STILL_PX = 5

/** Gives pointers to the gesture before the map sees them. */
export function bindGesture(map: MapLibre, given: () => Gesture | null): () => void {
  const frame = map.getCanvasContainer()
  let pressed: number | null = null
  let start: readonly [number, number] | null = null
  let isTaken = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const fingers = new Set<number>()

  function touchOf(event: PointerEvent | MouseEvent): Touch {
    const box = map.getContainer().getBoundingClientRect()
    const at = [event.clientX - box.left, event.clientY - box.top] as const
    const here = map.unproject([...at])
    const beside = map.unproject([at[0] + 1, at[1] + 1])
    const isFinger = 'pointerType' in event && event.pointerType !== 'mouse'
    return {
      position: [here.lng, here.lat],
      at,
      pixel: [Math.abs(beside.lng - here.lng), Math.abs(beside.lat - here.lat)],
      kind: isFinger ? 'touch' : 'mouse',
      alt: event.altKey,
      shift: event.shiftKey,
    }
  }

  function release(): void {
    clearTimeout(timer)
    if (isTaken) map.dragPan.enable()
    pressed = null
    isTaken = false
  }

  function onDown(event: PointerEvent): void {
    const gesture = given()
    if (!gesture || (event.pointerType === 'mouse' && event.button !== 0)) return
    fingers.add(event.pointerId)
    if (fingers.size > 1) {
      if (isTaken) gesture.cancel()
      release()
      return
    }
    const touch = touchOf(event)
    pressed = event.pointerId
    start = touch.at
    isTaken = gesture.down(touch) === 'take'
    // Before the map's own mousedown or touchstart, which comes after this.
    if (isTaken) map.dragPan.disable()
    timer = setTimeout(() => {
      if (pressed === event.pointerId) given()?.long(touch)
    }, LONG_MS)
  }

  function onMove(event: PointerEvent): void {
    const gesture = given()
    if (!gesture || fingers.size > 1) return
    const touch = touchOf(event)
    if (pressed === event.pointerId && start && far(start, touch.at)) clearTimeout(timer)
    if (pressed !== null && !isTaken) return
    if (pressed !== null && pressed !== event.pointerId) return
    gesture.move(touch, pressed === null ? 'free' : 'pressed')
    map.getCanvas().style.cursor = gesture.cursor
  }

  function onUp(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    if (pressed !== event.pointerId) return
    const [wasTaken, from] = [isTaken, start]
    release()
    const gesture = given()
    const touch = touchOf(event)
    if (wasTaken) gesture?.up(touch)
    else if (from && !far(from, touch.at)) gesture?.click(touch)
  }

  function onCancel(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    if (pressed !== event.pointerId) return
    if (isTaken) given()?.cancel()
    release()
  }

  function onDouble(event: MouseEvent): void {
    const gesture = given()
    if (!gesture) return
    event.preventDefault()
    event.stopPropagation()
    gesture.double(touchOf(event))
  }

  const onLeave = (): void => given()?.leave()

  const options = { capture: true }
  frame.addEventListener('pointerdown', onDown, options)
  frame.addEventListener('dblclick', onDouble, options)
  frame.addEventListener('pointerleave', onLeave)
  window.addEventListener('pointermove', onMoveInside)
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', onCancel)

  /** A press goes on outside of the map; a free pointer means something on it only. */
  function onMoveInside(event: PointerEvent): void {
    if (pressed !== null || (event.target instanceof Node && frame.contains(event.target))) onMove(event)
  }

  return () => {
    release()
    frame.removeEventListener('pointerdown', onDown, options)
    frame.removeEventListener('dblclick', onDouble, options)
    frame.removeEventListener('pointerleave', onLeave)
    window.removeEventListener('pointermove', onMoveInside)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', onCancel)
  }
}

const far = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  Math.hypot(a[0] - b[0], a[1] - b[1]) > STILL_PX
