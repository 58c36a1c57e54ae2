import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh }
  }
}

export type Language = 'zh' | 'en'

const words = createInstance()

const KEPT = 'wangge-language'

/** Starts in the language kept on this machine; Chinese first. English is fetched where somebody reads it. */
export async function openWords(): Promise<void> {
  const kept = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
  void words.use(initReactI18next).init({
    resources: { zh: { translation: zh } },
    lng: 'zh',
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  await turnTo(kept)
}

export function speak(language: Language): void {
  localStorage.setItem(KEPT, language)
  void turnTo(language)
}

async function turnTo(language: Language): Promise<void> {
  if (language === 'en' && !words.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en.ts')
    words.addResourceBundle('en', 'translation', en)
  }
  await words.changeLanguage(language)
  markPage(language)
}

function markPage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words.t('app.title')
}
