import { zhMap } from './zh-map.ts'
import { zhShell } from './zh-shell.ts'
import { zhWork } from './zh-work.ts'

/** Every word of the console, Chinese first. en.ts must have the same keys, or it does not compile. */
export const zh = {
  ...zhShell,
  ...zhWork,
  ...zhMap,
} as const
