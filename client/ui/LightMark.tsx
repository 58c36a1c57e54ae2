import type { Light } from '#contract/events'
import { useLocal } from '../i18n/local.ts'

/** The same outline as on the map, so that red and green also differ in shape. */
const OUTLINES: Record<Light, string> = {
  green: 'M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6Z',
  amber: 'M8 2 14.4 13.2H1.6Z',
  red: 'M8 1.2 14.8 8 8 14.8 1.2 8Z',
  hold: 'M3.2 3.2h9.6v9.6H3.2Z',
  done: 'M8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3Z',
}

const SIGNS: Partial<Record<Light, string>> = {
  red: 'M8 4.9v3.6M8 10.7v.2',
  hold: 'M6.6 6v4M9.4 6v4',
  done: 'M5.8 8.1l1.6 1.6 2.9-3.2',
}

export function LightMark({ light, size = 16 }: { readonly light: Light; readonly size?: number }) {
  const { t } = useLocal()
  const sign = SIGNS[light]
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={t(`light.${light}`)}
      style={{ flex: 'none' }}
    >
      <path
        d={OUTLINES[light]}
        fill={`var(--light-${light})`}
        stroke={`var(--light-${light})`}
        strokeLinejoin="round"
      />
      {sign ? (
        <path d={sign} fill="none" stroke="var(--sheet)" strokeWidth="1.5" strokeLinecap="round" />
      ) : null}
    </svg>
  )
}
