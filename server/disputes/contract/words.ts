import { Type } from 'typebox'

/** Where a file stands (登记 → 分流 or 调解 → 协议 → 履行与回访 → 归档). */
export const STATUSES = [
  'registered',
  'mediating',
  'agreed',
  'performed',
  'referred',
  'failed',
  'archived',
] as const
export type Status = (typeof STATUSES)[number]
export const Status = Type.Enum(STATUSES, { type: 'string' })

/** From the hidden sign to the key case. */
export const RISKS = ['blue', 'yellow', 'orange', 'red'] as const
export type Risk = (typeof RISKS)[number]
export const Risk = Type.Enum(RISKS, { type: 'string' })

/** What makes a dispute grow: violence threatened, the police called before, weapons, minors, rounds that failed. */
export const SIGNS = ['violence', 'police', 'weapon', 'minor', 'rounds'] as const
export type Sign = (typeof SIGNS)[number]
export const Sign = Type.Enum(SIGNS, { type: 'string' })

/** 事件规模: individual, general group, major group. */
export const SCALES = ['01', '02', '03'] as const
export type Scale = (typeof SCALES)[number]
export const Scale = Type.Enum(SCALES, { type: 'string' })

/** How it came: somebody applied, a grid worker found it, somebody passed it on, 12345. */
export const SOURCES = ['application', 'checking', 'referral', 'hotline'] as const
export type Source = (typeof SOURCES)[number]
export const Source = Type.Enum(SOURCES, { type: 'string' })

export const PARTS = ['applicant', 'respondent', 'other'] as const
export type Part = (typeof PARTS)[number]
export const Part = Type.Enum(PARTS, { type: 'string' })

export const SESSION_OUTCOMES = ['progress', 'agreed', 'broken', 'absent'] as const
export type SessionOutcome = (typeof SESSION_OUTCOMES)[number]
export const SessionOutcome = Type.Enum(SESSION_OUTCOMES, { type: 'string' })

export const REVISIT_OUTCOMES = ['settled', 'unsettled', 'unreachable'] as const
export type RevisitOutcome = (typeof REVISIT_OUTCOMES)[number]
export const RevisitOutcome = Type.Enum(REVISIT_OUTCOMES, { type: 'string' })

/** Where what people's mediation does not cover is led (分流). */
export const REFERRALS = ['administrative', 'arbitration', 'court', 'police', 'department'] as const
export type Referral = (typeof REFERRALS)[number]
export const Referral = Type.Enum(REFERRALS, { type: 'string' })

/** The nine forms of a file. */
export const DOCUMENTS = [
  'application',
  'notice',
  'identity',
  'inquiry',
  'mediation',
  'agreement',
  'performance',
  'revisit',
  'confirmation',
] as const
export type DocumentKind = (typeof DOCUMENTS)[number]
export const DocumentKind = Type.Enum(DOCUMENTS, { type: 'string' })

/** Every change to a file; the rules say who may make it, from where, and what it needs. */
export const DISPUTE_MOVES = [
  'refer',
  'assign',
  'session',
  'agree',
  'confirm',
  'extend',
  'perform',
  'revisit',
  'fail',
  'resume',
  'archive',
  'risk',
  'party',
  'document',
] as const
export type DisputeMove = (typeof DISPUTE_MOVES)[number]
export const DisputeMove = Type.Enum(DISPUTE_MOVES, { type: 'string' })
