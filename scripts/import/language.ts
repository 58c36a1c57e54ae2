/** One sentence in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export const LANGUAGES = ['zh', 'en', 'both'] as const
export type Language = (typeof LANGUAGES)[number]

/** By the environment's locale; both where it says nothing of the two. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  if (/^zh/i.test(locale)) return 'zh'
  return /^en/i.test(locale) ? 'en' : 'both'
}

/** Prints sentences in the language of the person who reads them. */
export interface Voice {
  readonly say: (words: Words) => void
  readonly complain: (words: Words) => void
  /** One line: both languages beside each other where both are wanted. */
  readonly phrase: (words: Words) => string
}

export function voiceOf(
  language: Language,
  print: (line: string) => void,
  printError: (line: string) => void,
): Voice {
  const lines = ({ zh, en }: Words): readonly string[] => {
    if (language === 'both') return [zh, en]
    return [language === 'zh' ? zh : en]
  }
  return {
    say: (words) => {
      for (const line of lines(words)) print(line)
    },
    complain: (words) => {
      for (const line of lines(words)) printError(line)
    },
    phrase: (words) => lines(words).join('  '),
  }
}
