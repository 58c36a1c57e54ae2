import { zhDisputes } from './zh-disputes.ts'
import { zhDoor } from './zh-door.ts'
import { zhCasework } from './zh-casework.ts'
import { zhOffice } from './zh-office.ts'
import { zhRules } from './zh-rules.ts'
import { zhMap } from './zh-map.ts'
import { zhTerms } from './zh-terms.ts'
import { zhShell } from './zh-shell.ts'
import { zhWork } from './zh-work.ts'

/** The words of the console, Chinese first; zh-later.ts has the rest. en.ts must have the keys of both, or it does not compile. */
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
} as const
