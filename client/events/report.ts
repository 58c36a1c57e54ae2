import { useEffect, useRef } from 'react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { reportEvent, type EventReport } from '#contract/events'
import { locate } from '#contract/grids'
import { findAddresses } from '#contract/places'
import type { Position } from '#geo/geojson'
import { call, Refusal } from '../data/api.ts'
import { useGesture } from '../data/gesture.ts'

/** Addresses like a text; nothing for a text that is coordinates. */
export function useAddresses(text: string) {
  return useQuery({
    queryKey: ['places', 'addresses', text],
    queryFn: ({ signal }) => call(findAddresses, { query: { text }, signal }),
    enabled: text !== '' && parsePosition(text) === null,
    placeholderData: keepPreviousData,
  })
}

/** The grid that a point would fall to, asked before anything is sent; the map outlines the candidates. */
export function useLocate(at: Position | null) {
  const outline = useGesture((gesture) => gesture.outline)
  const query = useQuery({
    queryKey: ['locate', at],
    queryFn: ({ signal }) => {
      const [lng, lat] = at ?? [0, 0]
      return call(locate, { query: { lng, lat }, signal })
    },
    enabled: at !== null,
  })
  const { data } = query
  useEffect(() => {
    const ids = [data?.grid?.id, ...(data?.placement.candidates.map((each) => each.id) ?? [])]
    outline([...new Set(ids.filter((id) => id !== undefined))])
  }, [data, outline])
  return query
}

/**
 * Sends a report once. The key belongs to the content: pressing the button again after a lost answer repeats the same
 * request, a changed report is a new one.
 */
export function useReport(onSent: (event: Awaited<ReturnType<typeof send>>) => void) {
  const sent = useRef({ body: '', key: '' })
  return useMutation({
    mutationFn: (report: EventReport) => {
      const body = JSON.stringify(report)
      if (sent.current.body !== body) sent.current = { body, key: newKey() }
      return send(report, sent.current.key)
    },
    onSuccess: onSent,
  })
}

function send(report: EventReport, idempotencyKey: string) {
  return call(reportEvent, { body: report, idempotencyKey })
}

/** crypto.randomUUID exists on secure pages only, and an office may serve plain HTTP. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

/** Longitude and latitude as people paste them: two decimal numbers with a comma or space between. */
export function parsePosition(text: string): Position | null {
  const [, lng, lat] = /^\s*(-?\d{1,3}\.\d+)\s*[,，\s]\s*(-?\d{1,2}\.\d+)\s*$/.exec(text) ?? []
  if (lng === undefined || lat === undefined) return null
  const position: Position = [Number(lng), Number(lat)]
  return Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 ? position : null
}

/** The field of the form that a refusal is about. */
export function refusedField(error: unknown): keyof EventReport | null {
  if (!(error instanceof Refusal)) return null
  const [, field] = /^\/(\w+)/.exec(error.problem.field ?? '') ?? []
  return FIELDS.find((each) => each === field) ?? null
}

const FIELDS = ['position', 'address', 'category', 'description', 'source', 'accuracyM', 'solved'] as const
