import { useMutation, useQueryClient } from '@tanstack/react-query'
import { checkFile, importFile, type FileReport } from '#contract/planning'
import type { QueryOf } from '#contract/http'
import { callFile } from '../../data/api.ts'
import type { PlanRef } from '../../data/view.ts'
import { useShowPlan } from '../queries.ts'

/** How the person wants a file read; what is left out, the server finds out. */
export type Reading = Pick<QueryOf<typeof checkFile>, 'crs' | 'repair'>

interface Asked {
  readonly file: File
  readonly from: PlanRef
  readonly reading: Reading
}

/** The largest body that the server takes. */
export const MOST_MB = 12

export function useCheck() {
  return useMutation({
    mutationFn: ({ file, from, reading }: Asked): Promise<FileReport> =>
      callFile(checkFile, { query: { ...from, ...reading }, file }),
  })
}

/** The file becomes a draft, which is then the open one. */
export function useTake() {
  const client = useQueryClient()
  const show = useShowPlan()
  return useMutation({
    mutationFn: ({ file, from, reading, name }: Asked & { readonly name: string }) =>
      callFile(importFile, { query: { ...from, ...reading, name }, file }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['plans'] })
      show({ open: { kind: 'scenario', id } })
    },
  })
}
