import { useMemo, useRef, useState } from 'react'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import {
  listDisputeClasses,
  listDisputes,
  listMediators,
  readDispute,
  type DisputeClass,
  type DisputeFilter,
} from '#contract/disputes'
import { call, Refusal } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'

const PAGE = 100
/** Files are never told of in the feed: what stands on the screen is asked for again. */
const AGAIN_MS = 30_000

type Sort = 'newest' | 'due'

interface Asked {
  readonly filter: DisputeFilter
  readonly sort: Sort
}

/** Kept while the panel is closed, and in no address: what somebody looks for here is nobody else's. */
export const useAsked = create<Asked>()(() => ({ filter: { state: 'open' }, sort: 'due' }))

export function useDisputePages({ filter, sort }: Asked) {
  return useInfiniteQuery({
    queryKey: ['disputes', 'list', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      call(listDisputes, { query: { ...filter, sort, limit: PAGE, after: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ items }, pages) => (items.length < PAGE ? undefined : pages.length * PAGE),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
}

export function useDispute(id: number) {
  return useQuery({
    queryKey: ['disputes', 'one', id],
    queryFn: ({ signal }) => call(readDispute, { params: { id }, signal }),
    refetchInterval: AGAIN_MS,
    // It leaves the memory soon after the file was closed.
    gcTime: 60_000,
  })
}

const NO_CLASSES: readonly DisputeClass[] = []

export function useClasses(): readonly DisputeClass[] {
  const query = useQuery({
    queryKey: ['disputes', 'classes'],
    queryFn: ({ signal }) => call(listDisputeClasses, { signal }),
    staleTime: 600_000,
  })
  return query.data ?? NO_CLASSES
}

/** Names of class and subclass in the reader's language; codes until they are here. */
export function useClassWords() {
  const classes = useClasses()
  const { either } = useLocal()
  const byCode = useMemo(() => new Map(classes.map((each) => [each.code, each])), [classes])
  const nameOf = (code: string) => {
    const name = byCode.get(code)?.name
    return name ? either(name.zh, name.en) : code
  }
  return {
    nameOf,
    /** The subclass where it says something, else the class. */
    shortOf: (code: string, subclass: string) => {
      const found = byCode.get(code)?.subclasses.find((each) => each.code === subclass)
      return found && subclass !== '99' ? either(found.name.zh, found.name.en) : nameOf(code)
    },
  }
}

export function useMediators() {
  return useQuery({
    queryKey: ['disputes', 'mediators'],
    queryFn: ({ signal }) => call(listMediators, { signal }),
    staleTime: AGAIN_MS,
  })
}

/**
 * Sends what holds names or notes. Not a mutation of react-query, which would keep what was sent and what was answered for
 * some minutes.
 */
export function useSending<Sent, Answer>(
  send: (sent: Sent, key: string) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) {
  const client = useQueryClient()
  const [isSending, setSending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const last = useRef({ body: '', key: '' })
  async function submit(sent: Sent): Promise<void> {
    const body = JSON.stringify(sent)
    // The key belongs to what is sent: the same once more is done once, something corrected is new.
    if (last.current.body !== body) last.current = { body, key: crypto.randomUUID() }
    setSending(true)
    setError(null)
    try {
      const answer = await send(sent, last.current.key)
      last.current = { body: '', key: '' }
      onDone(answer)
      await client.invalidateQueries({ queryKey: ['disputes'] })
    } catch (failed) {
      setError(failed)
      if (isConflict(failed)) await client.invalidateQueries({ queryKey: ['disputes'] })
    } finally {
      setSending(false)
    }
  }
  return {
    isSending,
    error,
    reset: () => setError(null),
    submit: (sent: Sent) => void submit(sent),
  }
}

export function isConflict(error: unknown): boolean {
  return error instanceof Refusal && error.problem.type === 'urn:wangge:conflict'
}
