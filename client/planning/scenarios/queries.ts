import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  addComment,
  backcast,
  listComments,
  moveScenario,
  renameScenario,
  resolveComment,
  type Scenario,
} from '#contract/planning'
import type { BodyOf } from '#contract/http'
import type { Position } from '#geo/geojson'
import { call } from '../../data/api.ts'
import type { PlanRef } from '../../data/view.ts'
import { deskNow } from '../desk.ts'
import { usePlans } from '../queries.ts'
import { readSide, usePlanning } from '../session.ts'

/** Under the key of the plans, so that the feed makes it stale with them. */
const commentsKey = (scenario: number) => ['plans', 'comments', scenario] as const

export function useComments(scenario: number) {
  return useQuery({
    queryKey: commentsKey(scenario),
    queryFn: ({ signal }) => call(listComments, { params: { id: scenario }, signal }),
    enabled: scenario > 0,
    staleTime: 60_000,
  })
}

interface NewComment {
  readonly position: Position
  readonly text: string
}

export function useAddComment(scenario: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ position: [lng, lat], text }: NewComment) =>
      call(addComment, {
        params: { id: scenario },
        body: { position: [lng, lat], text },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['plans'] }),
  })
}

export function useResolveComment(scenario: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (comment: number) =>
      call(resolveComment, { params: { id: scenario, comment }, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['plans'] }),
  })
}

type Order = BodyOf<typeof moveScenario>

/** One move of a draft as a whole; where it is the open one, it is opened anew as it now stands. */
export function useMove(scenario: Pick<Scenario, 'id'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Order) =>
      call(moveScenario, { params: { id: scenario.id }, body, idempotencyKey: crypto.randomUUID() }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['plans'] })
      await openAgain(scenario.id)
    },
  })
}

export function useRename(scenario: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) =>
      call(renameScenario, {
        params: { id: scenario },
        body: { name },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['plans'] }),
  })
}

/** A draft that may be changed again, or no longer, has another way of saving: it is opened as if for the first time. */
export async function openAgain(id: number): Promise<void> {
  const { origin, open } = usePlanning.getState()
  const worker = deskNow()?.worker
  if (worker && origin?.kind === 'scenario' && origin.id === id) await open(origin, worker)
}

/** The other side of a comparison; drawn anew when somebody has changed it. */
export function useOtherSide(ref: PlanRef | null) {
  const plans = usePlans().data
  const version = ref?.kind === 'scenario' && plans?.scenarios.find(({ id }) => id === ref.id)?.version
  return useQuery({
    queryKey: ['plan-side', ref?.kind, ref?.id, version],
    queryFn: () => (ref ? readSide(ref) : null),
    enabled: ref !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    structuralSharing: false,
  })
}

/** A year of events by the borders of the plan; asked for only where somebody wants it. */
export function useBackcast(ref: PlanRef | null) {
  return useQuery({
    queryKey: ['plan-backcast', ref?.kind, ref?.id],
    queryFn: ({ signal }) => (ref ? call(backcast, { query: { kind: ref.kind, id: ref.id }, signal }) : null),
    enabled: ref !== null,
    staleTime: 60_000,
    retry: false,
  })
}
