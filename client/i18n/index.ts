import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh }
  }
}

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const KEPT = 'wangge-language'

/** Starts in the language kept on this machine; Chinese first. */
export function openWords(): void {
  const kept = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
  void i18next.use(initReactI18next).init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    lng: kept,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  })
  markPage(kept)
}

export function speak(language: Language): void {
  localStorage.setItem(KEPT, language)
  markPage(language)
  void i18next.changeLanguage(language)
}

function markPage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18next.t('app.title')
}
