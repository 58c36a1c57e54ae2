import type { RefObject } from 'react'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { useSubdistrict } from '../data/catalog.ts'
import { AccountMenu } from '../door/AccountMenu.tsx'
import { Figures } from '../events/Figures.tsx'
import { speak } from '../i18n/index.ts'
import { useLocal } from '../i18n/local.ts'
import { Search } from '../places/Search.tsx'
import { ThemeButton } from '../ui/ThemeButton.tsx'
import { FeedState } from './FeedState.tsx'
import css from './strip.module.css'

interface StripProps {
  readonly search: RefObject<HTMLInputElement | null>
  readonly onHelp: () => void
}

export function TopStrip({ search, onHelp }: StripProps) {
  return (
    <header className={css['strip']}>
      <Name />
      <div className={css['search']}>
        <Search input={search} />
      </div>
      <div className={css['figures']}>
        <Figures />
      </div>
      <div className={css['tools']}>
        <FeedState />
        <HelpButton onHelp={onHelp} />
        <ThemeButton />
        <LanguageButton />
        <AccountMenu />
      </div>
    </header>
  )
}

function Name() {
  const { t, either } = useLocal()
  const { data } = useSubdistrict()
  return (
    <div className={css['name']}>
      <h1 className={css['title']}>{data ? either(data.name, data.nameEn) : t('app.title')}</h1>
      {data?.demo ? (
        <Tooltip label={t('app.demoHint')}>
          <span className={css['demo']}>{t('app.demo')}</span>
        </Tooltip>
      ) : null}
    </div>
  )
}

function HelpButton({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useLocal()
  return (
    <Tooltip label={`${t('keys.title')} ?`}>
      <ActionIcon className={css['help'] ?? ''} size={32} aria-label={t('keys.title')} onClick={onHelp}>
        <IconHelp size={19} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

function LanguageButton() {
  const { t, language } = useLocal()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Tooltip label={t('language.toOther')}>
      <ActionIcon
        size={32}
        className={css['language'] ?? ''}
        aria-label={`${t('language.short')} · ${t('language.toOther')}`}
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => speak(other)}
      >
        {t('language.short')}
      </ActionIcon>
    </Tooltip>
  )
}
