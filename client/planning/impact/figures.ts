import { useLocal } from '../../i18n/local.ts'

/** A minus is as wide as a plus. */
export function signed(by: number, digits = 0): string {
  const text = Math.abs(by).toFixed(digits)
  return by < 0 ? `−${text}` : `+${text}`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** Numbers as the reader writes them. */
export function useFigures() {
  const { number, language } = useLocal()
  return {
    number,
    fixed: (n: number, digits: number): string =>
      n.toLocaleString(language === 'en' ? 'en' : 'zh-CN', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  }
}
