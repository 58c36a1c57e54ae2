import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
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

/** Starts in the language kept on this machine; Chinese first. */
export function openWords(): void {
  const kept = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh'
  void words.use(initReactI18next).init({
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
  void words.changeLanguage(language)
  markPage(language)
}

function markPage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words.t('app.title')
}
