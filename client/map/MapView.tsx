import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import type { Position } from '#geo/geojson'
import type { Camera } from '../data/view.ts'
import { follow, followCamera, roomOf, sameCamera, startOf, type Box, type Insets } from './camera.ts'
import type { DeckStage } from './deck.ts'
import { bindGesture } from './gesture.ts'
import { takeFlights } from './fly.ts'
import { bindPointer, type PointerCalls } from './pointer.ts'
import { BLANK, paint } from './paint.ts'
import { pulse } from './pulse.ts'
import type { Pixels, Scene } from './scene.ts'
import { ICON_RATIO } from './shapes.ts'

// A worker made from a plain address fails in a build; Vite bundles this one as a worker of its own.
setWorkerUrl(workerUrl)

export interface MapViewProps extends PointerCalls {
  readonly scene: Scene
  /** Draws the images that layers name. */
  readonly icon: (name: string) => Pixels | null
  /** Shown while `camera` is null. */
  readonly home: Box
  readonly camera: Camera | null
  /** Room that panels take, for flights only: the map itself stays full-bleed. */
  readonly insets: Insets
  /** Accessible name. */
  readonly label: string
  /** New things to draw attention to, once for each new array. */
  readonly fresh: readonly Position[]
  readonly freshColor: string
  /** The person has moved the camera, or asked for a flight. */
  readonly onCamera: (camera: Camera) => void
  readonly onZoom: (zoom: number) => void
  /** Answers true where it used the key. */
  readonly onKey: (event: KeyboardEvent) => boolean
}

const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** The map, full-bleed. Owns MapLibre and the deck overlay and knows no capability: it shows a scene and says what was picked. */
export default function MapView(props: MapViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const latest = useLatest(props)
  const map = useMap(frame, latest)
  const deck = useDeck(map, props.scene)
  useScene(map, props.scene)
  usePointer(map, deck, latest)
  useCamera(map, props, latest)

  useEffect(() => {
    map?.getCanvas().setAttribute('aria-label', props.label)
  }, [map, props.label])

  useEffect(() => {
    if (map && props.fresh.length > 0 && !prefersStill())
      return pulse(map, props.fresh, latest.current.freshColor)
  }, [map, props.fresh, latest])

  return <div ref={frame} style={{ position: 'absolute', inset: 0 }} data-testid="map" />
}

type Latest = RefObject<MapViewProps>

/** For callbacks that outlive a render. */
function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value)
  useLayoutEffect(() => {
    ref.current = value
  }, [value])
  return ref
}

/** Null until its style is there to paint on. */
function useMap(frame: RefObject<HTMLDivElement | null>, latest: Latest): MapLibre | null {
  const [ready, setReady] = useState<MapLibre | null>(null)
  useEffect(() => {
    const container = frame.current
    if (!container) return
    const still = prefersStill()
    const map = new MapLibre({
      container,
      ...startOf(latest.current),
      // Without `glyphs` every character is drawn on this machine, so no label needs a server.
      style: { version: 8, sources: {}, layers: [], transition: { duration: still ? 0 : 180, delay: 0 } },
      attributionControl: false,
      validateStyle: import.meta.env.DEV,
      fadeDuration: still ? 0 : 160,
      renderWorldCopies: false,
      dragRotate: false,
      touchPitch: false,
      maxPitch: 0,
      minZoom: 9,
      maxZoom: 19,
    })
    map.touchZoomRotate.disableRotation()
    map.keyboard.disableRotation()
    map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 110 }), 'bottom-right')
    const tellZoom = () => latest.current.onZoom(map.getZoom())
    map.on('zoomend', tellZoom)
    tellZoom()
    map.setMissingStyleImageResolver((name) => {
      const pixels = latest.current.icon(name)
      if (pixels && !map.hasImage(name)) map.addImage(name, pixels, { pixelRatio: ICON_RATIO })
    })
    const onKey = (event: KeyboardEvent) => {
      if (!latest.current.onKey(event)) return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before MapLibre's own handler, which would pan.
    container.addEventListener('keydown', onKey, { capture: true })
    void map.once('style.load').then(() => setReady(map))
    // For tests only, which query what is drawn and wait until the map is idle.
    Object.assign(window, { __wangge: { map } })
    return () => {
      container.removeEventListener('keydown', onKey, { capture: true })
      setReady(null)
      map.remove()
    }
  }, [frame, latest])
  return ready
}

function useScene(map: MapLibre | null, scene: Scene): void {
  const shown = useRef<{ map: MapLibre | null; scene: Scene }>({ map: null, scene: BLANK })
  useEffect(() => {
    if (!map) return
    paint(map, shown.current.map === map ? shown.current.scene : BLANK, scene)
    shown.current = { map, scene }
  }, [map, scene])
}

/** deck.gl is loaded when the scene first asks for it. */
function useDeck(map: MapLibre | null, scene: Scene): RefObject<DeckStage | null> {
  const stage = useRef<DeckStage | null>(null)
  const wanted = useLatest(scene.deck)
  const isWanted = scene.deck.length > 0
  const [opened, setOpened] = useState<MapLibre | null>(null)
  if (isWanted && map && opened !== map) setOpened(map)
  useEffect(() => {
    if (!opened) return
    let closed = false
    void Promise.all([import('./deck.ts'), settled(opened)]).then(([{ openDeck }]) => {
      if (closed) return
      stage.current = openDeck(opened)
      stage.current.show(wanted.current)
    })
    return () => {
      closed = true
      stage.current?.close()
      stage.current = null
    }
  }, [opened, wanted])
  useEffect(() => stage.current?.show(scene.deck), [scene.deck])
  return stage
}

/** The next time that nothing is left to draw; asked for, since a map at rest would not say. */
async function settled(map: MapLibre): Promise<void> {
  const idle = map.once('idle')
  map.triggerRepaint()
  await idle
}

function usePointer(map: MapLibre | null, deck: RefObject<DeckStage | null>, latest: Latest): void {
  useEffect(() => {
    if (map) return bindPointer(map, () => ({ ...latest.current, deck: deck.current }))
  }, [map, deck, latest])
  useEffect(() => {
    if (map) return bindGesture(map, () => latest.current.gesture)
  }, [map, latest])
}

function useCamera(map: MapLibre | null, { camera, home }: MapViewProps, latest: Latest): void {
  const told = useRef<Camera | null>(camera)
  useEffect(() => {
    if (!map) return
    const stop = followCamera(map, (next) => {
      told.current = next
      latest.current.onCamera(next)
    })
    const land = takeFlights((flight) => follow(map, flight, latest.current.insets, prefersStill()))
    return () => {
      stop()
      land()
    }
  }, [map, latest])
  useEffect(() => {
    if (!map || sameCamera(camera, told.current)) return
    told.current = camera
    if (camera) map.jumpTo(camera)
    else fitHome(map, latest.current)
  }, [map, camera, home, latest])
  // Until a person moves the map it shows the whole, however large its frame becomes.
  useEffect(() => {
    if (!map) return
    const onResize = () => {
      if (!latest.current.camera) fitHome(map, latest.current)
    }
    map.on('resize', onResize)
    return () => void map.off('resize', onResize)
  }, [map, latest])
}

function fitHome(map: MapLibre, { home, insets }: MapViewProps): void {
  map.fitBounds([...home], { padding: roomOf(insets), animate: false })
}
