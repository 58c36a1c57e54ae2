import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { zhLater } from './zh-later.ts'
import { zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh & typeof zhLater }
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

/** Fetches the words of planning; whoever shows its screens waits for them. */
export async function openLaterWords(): Promise<void> {
  const { zhLater } = await import('./zh-later.ts')
  words.addResourceBundle('zh', 'translation', zhLater, true)
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
