import { SegmentedControl } from '@mantine/core'
import { speak } from '../i18n/index.ts'
import { useLocal } from '../i18n/local.ts'

/** Both languages side by side, each by its own name. */
export function LanguageChoice({ width }: { readonly width: 'own' | 'full' }) {
  const { t, language } = useLocal()
  return (
    <SegmentedControl
      size="xs"
      fullWidth={width === 'full'}
      aria-label={t('language.label')}
      value={language}
      onChange={speak}
      data={[
        { value: 'zh' as const, label: t('language.zh') },
        { value: 'en' as const, label: t('language.en') },
      ]}
    />
  )
}
