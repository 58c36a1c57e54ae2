import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  importConditions,
  listCalendars,
  saveCalendar,
  saveConditions,
  type Condition,
  type ConditionDraft,
} from '#contract/deadlines'
import type { Category } from '#contract/events'
import type { BodyOf } from '#contract/http'
import { call } from '../data/api.ts'
import { CONDITIONS } from '../data/catalog.ts'

const RARELY = 10 * 60_000
const CALENDARS = ['calendars'] as const

export function useCalendars() {
  return useQuery({
    queryKey: CALENDARS,
    queryFn: ({ signal }) => call(listCalendars, { signal }),
    staleTime: RARELY,
  })
}

/** Classes show the limit of their first condition, so that they are asked for again too. */
function useRefetch(): () => void {
  const client = useQueryClient()
  return () => {
    for (const queryKey of [CONDITIONS, CALENDARS, ['categories']])
      void client.invalidateQueries({ queryKey })
  }
}

export function useSaveCondition(onSaved: () => void) {
  const refetch = useRefetch()
  return useMutation({
    mutationFn: ({ draft, reason }: { draft: ConditionDraft; reason: string }) =>
      call(saveConditions, { body: { items: [draft], reason } }),
    onSuccess: onSaved,
    onSettled: refetch,
  })
}

export function useImport() {
  const refetch = useRefetch()
  return useMutation({
    mutationFn: (body: BodyOf<typeof importConditions>) => call(importConditions, { body }),
    onSettled: refetch,
  })
}

export function useSaveCalendar(onSaved: (version: number) => void) {
  const refetch = useRefetch()
  return useMutation({
    mutationFn: (body: BodyOf<typeof saveCalendar>) => call(saveCalendar, { body }),
    onSuccess: ({ version }) => onSaved(version),
    onSettled: refetch,
  })
}

/** A condition as it is written, to be changed. */
export function draftOf({ id: _id, version: _version, ...draft }: Condition): ConditionDraft {
  return draft
}

/** One more of a class: what differs is to be written, the rest begins as in the last one. */
export function nextOf(last: Condition): ConditionDraft {
  return {
    ...draftOf(last),
    ordinal: last.ordinal + 1,
    text: { zh: '', en: '' },
    closing: { zh: '', en: '' },
  }
}

interface ClassOfConditions {
  readonly category: Category
  readonly conditions: readonly Condition[]
}

/** Conditions by class, in the order of the classes; only those that the text is found in, or whose class it is found in. */
export function byClass(
  conditions: readonly Condition[],
  categories: readonly Category[],
  text: string,
): readonly ClassOfConditions[] {
  const wanted = text.trim().toLowerCase()
  const has = (...texts: readonly string[]) => texts.some((each) => each.toLowerCase().includes(wanted))
  return categories.flatMap((category) => {
    const own = conditions
      .filter((each) => each.category === category.code)
      .toSorted((a, b) => a.ordinal - b.ordinal)
    const found = has(category.code, category.name.zh, category.name.en)
      ? own
      : own.filter((each) => has(each.text.zh, each.text.en))
    return found.length > 0 ? [{ category, conditions: found }] : []
  })
}
