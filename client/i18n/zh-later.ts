import { zhFiles } from './zh-files.ts'
import { zhImpact } from './zh-impact.ts'
import { zhPlanning } from './zh-planning.ts'
import { zhScenarios } from './zh-scenarios.ts'
import { zhSuggest } from './zh-suggest.ts'

/** Words that few read: fetched with the screens that say them. */
export const zhLater = { ...zhPlanning, ...zhImpact, ...zhSuggest, ...zhScenarios, ...zhFiles } as const
