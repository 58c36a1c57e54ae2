import { enDisputes } from './en-disputes.ts'
import { enDoor } from './en-door.ts'
import { enCasework } from './en-casework.ts'
import { enOffice } from './en-office.ts'
import { enRules } from './en-rules.ts'
import { enMap } from './en-map.ts'
import { enFiles } from './en-files.ts'
import { enImpact } from './en-impact.ts'
import { enScenarios } from './en-scenarios.ts'
import { enSuggest } from './en-suggest.ts'
import { enPlanning } from './en-planning.ts'
import { enTerms } from './en-terms.ts'
import { enShell } from './en-shell.ts'
import { enWork } from './en-work.ts'
import type { English } from './english.ts'
import type { zhLater } from './zh-later.ts'
import type { zh } from './zh.ts'

export const en: English<typeof zh & typeof zhLater> = {
  ...enShell,
  ...enTerms,
  ...enWork,
  ...enMap,
  ...enCasework,
  ...enDoor,
  ...enOffice,
  ...enRules,
  ...enDisputes,
  ...enPlanning,
  ...enImpact,
  ...enSuggest,
  ...enFiles,
  ...enScenarios,
}
