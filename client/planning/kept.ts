import type { Parcel } from './queue.ts'

/** What waits to be stored, kept on this machine so that it outlives a reload, a crash and a day without the network. */
export interface Kept {
  /** Version that the first parcel is meant for. */
  readonly version: number
  readonly queue: readonly Parcel[]
}

const nameOf = (account: string, scenario: number): string => `wangge-plan-${account}-${scenario}`

export function keep(account: string, scenario: number, kept: Kept): void {
  const name = nameOf(account, scenario)
  if (kept.queue.length === 0) localStorage.removeItem(name)
  else localStorage.setItem(name, JSON.stringify(kept))
}

export function keptOf(account: string, scenario: number): Kept | null {
  const text = localStorage.getItem(nameOf(account, scenario))
  if (text === null) return null
  try {
    const kept = JSON.parse(text) as Kept
    return Array.isArray(kept.queue) && kept.queue.length > 0 ? kept : null
  } catch {
    return null
  }
}
