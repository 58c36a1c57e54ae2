import type { Risk } from '#contract/disputes'
import { useLocal } from '../i18n/local.ts'
import css from './disputes.module.css'

/** The four colours differ in shape too: ring, square, triangle, octagon. */
const OUTLINES: Record<Risk, string> = {
  blue: 'M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 1 0 8 2.4Zm0 3a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 1 1 0-5.2Z',
  yellow: 'M2.8 2.8h10.4v10.4H2.8Z',
  orange: 'M8 1.8 14.6 13.6H1.4Z',
  red: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z',
}

export function RiskMark({ risk, size = 16 }: { readonly risk: Risk; readonly size?: number }) {
  const { t } = useLocal()
  return (
    <svg
      className={css['mark']}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={`${t('disputes.risk')} ${t(`risk.${risk}`)}`}
    >
      <path d={OUTLINES[risk]} fillRule="evenodd" fill={`var(--risk-${risk})`} strokeLinejoin="round" />
      {risk === 'red' ? (
        <path d="M8 4.4v4.4M8 11.2v.2" stroke="var(--sheet)" strokeWidth="1.7" strokeLinecap="round" />
      ) : null}
    </svg>
  )
}

/** The mark with its word. */
export function RiskWord({ risk }: { readonly risk: Risk }) {
  const { t } = useLocal()
  return (
    <span className={css['riskWord']}>
      <RiskMark risk={risk} size={14} />
      {t(`risk.${risk}`)}
    </span>
  )
}
