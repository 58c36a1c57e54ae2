import { useState } from 'react'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import { moveEvent, moveMany, type Move, type MoveOrder } from '#contract/casework'
import { readEvent, type EventRow, type EventStep } from '#contract/events'
import { FLOW } from '#rules/casework'
import { call, Refusal } from '../data/api.ts'
import { useLive } from '../data/live.ts'
import { withRows } from '../data/rows.ts'
import { useLocal } from '../i18n/local.ts'
import type { Draft } from './moves.ts'

/** What a person is about to do: the move whose form is open, on one event. */
interface Work {
  readonly open: { readonly id: number; readonly move: Move; readonly draft: Draft } | null
}

export const useWork = create<Work>()(() => ({ open: null }))

export const openMove = (id: number, move: Move, draft: Draft = {}): void =>
  useWork.setState({ open: { id, move, draft } })
export const closeMove = (): void => useWork.setState({ open: null })

/** Somebody else was first: what they did, as far as the history tells. */
export interface Collision {
  readonly last: EventStep | null
}

const isConflict = (error: unknown): boolean =>
  error instanceof Refusal && error.problem.type === 'urn:wangge:conflict'

/** What a form says went wrong; a conflict is told apart. */
export const plainError = (error: unknown): unknown => (isConflict(error) ? null : error)

/** The row as the answer gives it goes to the lists at once; the feed brings the same one again. */
function keep(rows: readonly EventRow[]): void {
  useLive.setState((state) => withRows(state, rows))
}

/** Sends moves of one event. On a conflict the event is read again and the last step of the other person is told. */
export function useMoveEvent(id: number, version: number) {
  const { t, either } = useLocal()
  const client = useQueryClient()
  const [collision, setCollision] = useState<Collision | null>(null)
  const again = () => client.invalidateQueries({ queryKey: ['event', id] })
  const mutation = useMutation({
    mutationFn: (order: MoveOrder) => call(moveEvent, { params: { id }, body: { ...order, version } }),
    onMutate: () => setCollision(null),
    onSuccess: (row, { move }) => {
      keep([row])
      closeMove()
      const { name } = FLOW[move]
      const words = t('work.done', { number: row.number, move: either(name.zh, name.en) })
      notifications.show({ color: 'accent', message: words })
      void again()
    },
    onError: async (error) => {
      if (!isConflict(error)) return again()
      const fresh = await client
        .fetchQuery({
          queryKey: ['event', id],
          queryFn: ({ signal }) => call(readEvent, { params: { id }, signal }),
          staleTime: 0,
        })
        .catch(() => null)
      setCollision({ last: fresh?.steps.at(-1) ?? null })
      return again()
    },
  })
  return { mutation, collision }
}

/** The same move on many events, each by the version that the list shows. */
export function useMoveMany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ order, rows }: { readonly order: MoveOrder; readonly rows: readonly EventRow[] }) =>
      call(moveMany, { body: { ...order, items: rows.map(({ id, version }) => ({ id, version })) } }),
    onSuccess: ({ items }) => {
      keep(items.flatMap((item) => (item.ok ? [item.event] : [])))
      void client.invalidateQueries({ queryKey: ['event'] })
      void client.invalidateQueries({ queryKey: ['events'] })
    },
  })
}
