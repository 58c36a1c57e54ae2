import { useTranslation } from 'react-i18next'
import type { Language } from './index.ts'

/** The words, and the choice between the two names that data carries. */
export function useLocal() {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  return {
    t,
    language,
    /** The name in the reader's language, where the data has both. */
    either: (zh: string, en: string) => (language === 'en' && en ? en : zh),
    number: (n: number) => n.toLocaleString(language === 'en' ? 'en' : 'zh-CN'),
  }
}
