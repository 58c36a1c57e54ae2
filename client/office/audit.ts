import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Role } from '#contract/accounts'
import {
  exportAudit,
  listAudit,
  readAuditHead,
  verifyAudit,
  type AuditFilter,
  type AuditLine,
} from '#contract/audit'
import { midnightOf } from '#rules/deadlines'
import { call } from '../data/api.ts'

const PAGE = 200
const HEAD = ['audit', 'head'] as const
const DAY = 86_400_000

export const PERIODS = ['today', 'week', 'month', 'any'] as const
type Period = (typeof PERIODS)[number]

/** The capabilities whose steps an auditor looks for; how their steps begin. */
export const KINDS = [
  'event',
  'dispute',
  'session',
  'account',
  'password',
  'rule',
  'calendar',
  'export',
  'audit',
  'grids',
] as const
type Kind = (typeof KINDS)[number]

export interface Wanted {
  readonly period: Period
  readonly account: number | null
  readonly role: Role | null
  readonly kind: Kind | null
  readonly subject: string
}

export const EVERYTHING: Wanted = { period: 'any', account: null, role: null, kind: null, subject: '' }

/** As the contract has it: what is still being typed is not asked for. */
const SUBJECT = /^[a-z-]+(\/[\w-]+)?$/

/** What is asked of the server. `now` moves by the day, so that a page and the next are of one list. */
export function filterOf({ period, account, role, kind, subject }: Wanted, now: number): AuditFilter {
  const days = { today: 0, week: 6, month: 29, any: null }[period]
  return {
    ...(days === null ? {} : { from: new Date(midnightOf(now) - days * DAY).toISOString() }),
    ...(account === null ? {} : { account }),
    ...(role === null ? {} : { role }),
    ...(kind === null ? {} : { step: `${kind}.` }),
    ...(SUBJECT.test(subject.trim()) ? { subject: subject.trim() } : {}),
  }
}

export function useAudit(filter: AuditFilter) {
  const query = useInfiniteQuery({
    queryKey: ['audit', 'lines', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listAudit, {
        query: { ...filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { query, items, total: query.data?.pages[0]?.total }
}

/** Where the browser gets the file of a filter. */
export function fileOf(filter: AuditFilter, format: 'csv' | 'xlsx', language: 'zh' | 'en'): string {
  const search = new URLSearchParams(
    Object.entries({ ...filter, format, language }).map(([key, value]) => [key, String(value)]),
  )
  return `${exportAudit.path}?${search.toString()}`
}

export function useHead() {
  return useQuery({ queryKey: HEAD, queryFn: ({ signal }) => call(readAuditHead, { signal }) })
}

export function useVerify() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(verifyAudit, {}),
    onSettled: () => client.invalidateQueries({ queryKey: HEAD }),
  })
}

/** The account that acted; null for machines and nobody. */
export function accountOf(actor: string): number | null {
  const [, id] = /^account\/(\d{1,9})$/.exec(actor) ?? []
  return id === undefined ? null : Number(id)
}

interface Person {
  readonly account: number
  readonly name: string
}

/** Who acts in these lines: an auditor does not read the list of accounts. */
export function peopleIn(lines: readonly AuditLine[]): readonly Person[] {
  const names = new Map<number, string>()
  for (const { actor, name } of lines) {
    const account = accountOf(actor)
    if (account !== null) names.set(account, name ?? actor)
  }
  return [...names].map(([account, name]) => ({ account, name })).toSorted((a, b) => a.account - b.account)
}
