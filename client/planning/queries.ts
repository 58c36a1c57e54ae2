import { useEffect } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { forkScenario, listPlans, type PlanOp } from '#contract/planning'
import { call } from '../data/api.ts'
import { useMay, useMe } from '../data/me.ts'
import { START, useView, type PlanRef, type PlanView } from '../data/view.ts'
import { usePlanning } from './session.ts'

const AGAIN_MS = 60_000

export function usePlans() {
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => call(listPlans, { signal }),
    staleTime: AGAIN_MS,
  })
}

interface Fork {
  readonly name: string
  readonly from: PlanRef
  readonly ops?: PlanOp[]
}

/** A new draft, which is then the open one. */
export function useFork() {
  const client = useQueryClient()
  const show = useShowPlan()
  return useMutation({
    mutationFn: (fork: Fork) => call(forkScenario, { body: fork, idempotencyKey: crypto.randomUUID() }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['plans'] })
      show({ open: { kind: 'scenario', id } })
    },
  })
}

/** Changes what of planning is shown; another draft begins without a chosen grid. */
export function useShowPlan(): (part: Partial<PlanView>) => void {
  const set = useView((view) => view.set)
  return (part) => set({ plan: planWith(useView.getState().plan, part) })
}

export function planWith(plan: PlanView, part: Partial<PlanView>): PlanView {
  return 'open' in part ? { ...START.plan, paint: plan.paint, ...part } : { ...plan, ...part }
}

/** Opens what the view names, and closes it when the view leaves it. */
export function useOpenPlan(): void {
  const open = useView((view) => view.plan.open)
  const mayEdit = useMay('plans.write')
  const me = useMe()
  const [account, name] = [me?.account, me?.name ?? '']
  const { kind, id } = open ?? {}
  useEffect(() => {
    if (account === undefined) return
    const { origin, open: begin, close } = usePlanning.getState()
    if (kind === undefined || id === undefined) {
      if (origin) close()
      return
    }
    if (origin?.kind === kind && origin.id === id) return
    void begin({ kind, id }, { account: String(account), name, mayEdit })
  }, [kind, id, account, name, mayEdit])
}
