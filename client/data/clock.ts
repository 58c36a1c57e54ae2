import { useSyncExternalStore } from 'react'
import { serverNow } from './live.ts'

/** One ticking second for all that shows the present; nobody sets a timer of their own. */
let second = Math.floor(Date.now() / 1000)
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    second = Math.floor(serverNow() / 1000)
    for (const each of listeners) each()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Lights, and what is left until a deadline, are read this often; map, lists and figures turn in the same instant. */
export const LIGHT_SECONDS = 20

/** The server's present time in ms, rounded down to the step, so that a component renders only that often. */
export function useNow(stepSeconds: number): number {
  return useSyncExternalStore(subscribe, () => Math.floor(second / stepSeconds) * stepSeconds * 1000)
}
