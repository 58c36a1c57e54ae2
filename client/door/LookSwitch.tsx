import { ActionIcon, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { speak } from '../i18n/index.ts'
import { useLocal } from '../i18n/local.ts'
import css from './door.module.css'

/** Language and appearance, before anybody is known. The wall is always dark. */
export function LookSwitch({ screen }: { readonly screen: 'console' | 'wall' }) {
  const { t, language } = useLocal()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const label = scheme === 'dark' ? t('theme.toLight') : t('theme.toDark')
  return (
    <div className={css['look']}>
      <SegmentedControl
        size="xs"
        aria-label={t('language.label')}
        value={language}
        onChange={speak}
        data={[
          { value: 'zh' as const, label: t('language.zh') },
          { value: 'en' as const, label: t('language.en') },
        ]}
      />
      {screen === 'wall' ? null : (
        <ActionIcon
          size={32}
          aria-label={label}
          title={label}
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
        >
          {scheme === 'dark' ? <IconSun size={19} stroke={1.6} /> : <IconMoon size={19} stroke={1.6} />}
        </ActionIcon>
      )}
    </div>
  )
}
