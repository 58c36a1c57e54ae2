import { useEffect } from 'react'
import type { Actor } from '#contract/accounts'
import { allows } from '#rules/accounts'
import { neighbour, useListing } from '../data/listing.ts'
import { useView } from '../data/view.ts'
import { isTyping } from '../ui/keys.ts'
import { panelsOf } from './rights.ts'

interface Calls {
  readonly actor: Actor
  readonly focusSearch: () => void
  readonly openHelp: () => void
}

/** Keys of the whole console. While a person types, or a dialog is open, the keys are theirs. */
export function useKeys(calls: Calls): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target)) return
      if (press(event.key, calls)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [calls])
}

/** Whether the key meant something. */
function press(key: string, { actor, focusSearch, openHelp }: Calls): boolean {
  const { set, mode, selection } = useView.getState()
  switch (key) {
    case '/':
      focusSearch()
      return true
    case '?':
      openHelp()
      return true
    case 'j':
    case 'k':
      return step(key === 'j' ? 1 : -1)
    case 'r':
      if (!allows(actor, 'events.report')) return false
      set({ mode: mode === 'report' ? 'browse' : 'report', selection: { kind: 'none' } })
      return true
    case 'Escape':
      if (mode === 'report') set({ mode: 'browse' })
      else if (selection.kind === 'none') set({ panel: null })
      else set({ selection: { kind: 'none' } })
      return true
    default:
      return openPanel(key, actor)
  }
}

function step(by: 1 | -1): boolean {
  const { selection, set } = useView.getState()
  const next = neighbour(useListing.getState().items, selection, by)
  if (next) set({ selection: next, mode: 'browse' })
  return true
}

/** Numbers follow the rail as this person sees it. */
function openPanel(key: string, actor: Actor): boolean {
  const panel = /^[1-9]$/.test(key) ? panelsOf(actor)[Number(key) - 1] : undefined
  if (panel) useView.getState().set({ panel })
  return panel !== undefined
}
