import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  changeAccount,
  createAccount,
  listAccounts,
  type Account,
  type Bound,
  type Duty,
  type Role,
} from '#contract/accounts'
import type { BodyOf } from '#contract/http'
import { BOUNDS } from '#rules/accounts'
import { call } from '../data/api.ts'

const KEY = ['accounts'] as const

export function useAccounts() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => call(listAccounts, { signal }) })
}

export function useCreate(onDone: (account: Account) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: BodyOf<typeof createAccount>) => call(createAccount, { body }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

type Change = Omit<BodyOf<typeof changeAccount>, 'version'>

export function useChange({ id, version }: Account, onDone: (account: Account) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => call(changeAccount, { params: { id }, body: { ...change, version } }),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export const STATES = ['all', 'active', 'online', 'locked', 'inactive'] as const
type State = (typeof STATES)[number]

export interface Wanted {
  readonly text: string
  readonly role: Role | null
  readonly state: State
}

/** Those of the accounts that are asked for; `placesOf` says in words where a duty reaches, since people search for that too. */
export function found(
  accounts: readonly Account[],
  { text, role, state }: Wanted,
  placesOf: (bound: Bound) => string,
): readonly Account[] {
  const words = text.trim().toLowerCase().split(/\s+/)
  return accounts.filter((account) => {
    if (!isIn(state, account)) return false
    if (role !== null && !account.duties.some((duty) => duty.role === role)) return false
    const own = [account.name, account.login, ...account.duties.map(({ bound }) => placesOf(bound))]
    const whole = own.join(' ').toLowerCase()
    return words.every((word) => whole.includes(word))
  })
}

function isIn(state: State, { active, lockedUntil, sessions }: Account): boolean {
  switch (state) {
    case 'all':
      return true
    case 'active':
      return active
    case 'inactive':
      return !active
    case 'locked':
      return lockedUntil !== null
    case 'online':
      return sessions > 0
  }
}

/** A duty while it is being given: its place may be missing yet. */
export interface Draft {
  readonly role: Role
  readonly kind: Bound['kind']
  readonly community: string | null
  readonly grids: readonly number[]
  readonly unit: string | null
}

export function draftOf(role: Role): Draft {
  return { role, kind: BOUNDS[role][0] ?? 'subdistrict', community: null, grids: [], unit: null }
}

export function draftFrom({ role, bound }: Pick<Duty, 'role' | 'bound'>): Draft {
  return {
    role,
    kind: bound.kind,
    community: bound.kind === 'community' ? bound.community : null,
    grids: bound.kind === 'grids' ? bound.grids : [],
    unit: bound.kind === 'unit' ? bound.unit : null,
  }
}

/** The same duty in another role: the place is kept where the role may have it. */
export function withRole(draft: Draft, role: Role): Draft {
  return BOUNDS[role].includes(draft.kind) ? { ...draft, role } : draftOf(role)
}

/** Null while the place is missing. */
function boundOf({ kind, community, grids, unit }: Draft): Bound | null {
  if (kind === 'community') return community === null ? null : { kind, community }
  if (kind === 'unit') return unit === null ? null : { kind, unit }
  if (kind === 'grids') return grids.length === 0 ? null : { kind, grids: [...grids] }
  return { kind }
}

/** Duties as they are sent; null while one of them is incomplete. */
export function dutiesOf(drafts: readonly Draft[]): { role: Role; bound: Bound }[] | null {
  const duties = drafts.flatMap((draft) => {
    const bound = boundOf(draft)
    return bound ? [{ role: draft.role, bound }] : []
  })
  return duties.length === drafts.length ? duties : null
}
