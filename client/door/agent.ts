const BROWSERS = [
  ['Edge', /Edg\//],
  ['Firefox', /Firefox\//],
  ['WeChat', /MicroMessenger\//],
  ['Chrome', /Chrom(e|ium)\//],
  ['Safari', /Safari\//],
] as const

const SYSTEMS = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS/],
  ['Linux', /Linux/],
] as const

export interface Agent {
  readonly browser: string
  readonly system: string
}

/** What a person recognises of a browser's self-description; null if nothing. */
export function agentOf(text: string): Agent | null {
  const browser = BROWSERS.find(([, sign]) => sign.test(text))?.[0]
  const system = SYSTEMS.find(([, sign]) => sign.test(text))?.[0]
  return browser && system ? { browser, system } : null
}
