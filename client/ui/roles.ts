import type { Role } from '#contract/accounts'

/** Roles as the office groups them, on the sign-in page and where duties are given. */
export const ROLE_GROUPS = [
  { name: 'centre', roles: ['director', 'commander', 'shift-lead', 'acceptor', 'dispatcher'] },
  { name: 'units', roles: ['unit-liaison', 'handler'] },
  { name: 'field', roles: ['grid-worker', 'grid-lead'] },
  { name: 'disputes', roles: ['mediator'] },
  { name: 'planning', roles: ['evaluator', 'planner'] },
  { name: 'system', roles: ['administrator', 'auditor'] },
] as const satisfies readonly { readonly name: string; readonly roles: readonly Role[] }[]
