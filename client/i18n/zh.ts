import { zhDisputes } from './zh-disputes.ts'
import { zhDoor } from './zh-door.ts'
import { zhCasework } from './zh-casework.ts'
import { zhOffice } from './zh-office.ts'
import { zhRules } from './zh-rules.ts'
import { zhMap } from './zh-map.ts'
import { zhFiles } from './zh-files.ts'
import { zhImpact } from './zh-impact.ts'
import { zhScenarios } from './zh-scenarios.ts'
import { zhSuggest } from './zh-suggest.ts'
import { zhPlanning } from './zh-planning.ts'
import { zhTerms } from './zh-terms.ts'
import { zhShell } from './zh-shell.ts'
import { zhWork } from './zh-work.ts'

/** Every word of the console, Chinese first. en.ts must have the same keys, or it does not compile. */
export const zh = {
  ...zhShell,
  ...zhTerms,
  ...zhWork,
  ...zhMap,
  ...zhCasework,
  ...zhDoor,
  ...zhOffice,
  ...zhRules,
  ...zhDisputes,
  ...zhPlanning,
  ...zhImpact,
  ...zhSuggest,
  ...zhFiles,
  ...zhScenarios,
} as const
