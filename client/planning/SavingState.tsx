import {
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconEye,
  IconGitMerge,
  type Icon,
} from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import { usePlanning, type Saving } from './session.ts'
import css from './stage.module.css'

const ICONS: Record<Saving, Icon> = {
  saved: IconCloudCheck,
  saving: IconCloudUp,
  waiting: IconCloudOff,
  conflict: IconGitMerge,
  readonly: IconEye,
}

/** Whether what was done is safe: on the server, on its way, or on this machine only. */
export function SavingState() {
  const { t } = useLocal()
  const saving = usePlanning((planning) => planning.saving)
  const news = usePlanning((planning) => planning.news)
  const Icon = ICONS[saving]
  return (
    <>
      <output className={css['saving']} data-state={saving} data-testid="plan-saving">
        <Icon size={15} aria-hidden />
        {t(`planning.saving.${saving}`)}
      </output>
      {news ? (
        <output className={css['saving']} data-state="news">
          {t('planning.news', { by: news.by ?? t('planning.somebody'), count: news.count })}
        </output>
      ) : null}
    </>
  )
}
