import { create } from 'zustand'

/** Headings of the live list, in its order. */
export const SECTIONS = ['overdue', 'today', 'later', 'hold'] as const
export type SectionName = (typeof SECTIONS)[number]

/** A figure of the top strip asks the live list to show one of its headings. */
export const useSectionJump = create<{ readonly to: SectionName | null }>()(() => ({ to: null }))
