import { ActionIcon } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { sentenceOfReason, type Namer, type Reason } from '#geo/balance/reasons'
import { toPosition } from '#geo/lattice'
import { useGrids } from '../../data/catalog.ts'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { flyTo } from '../impact/pointed.ts'
import { usePlanning } from '../session.ts'
import css from './suggest.module.css'

const FIRST = 4

/** Why no plan is more even, the reasons of single grids first: something can be done about them. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t } = useLocal()
  const sorted = reasons.toSorted((a, b) => Number(a.why === 'community') - Number(b.why === 'community'))
  if (sorted.length === 0) return null
  const rest = sorted.slice(FIRST)
  return (
    <Section heading={t('suggest.why')}>
      <Sentences reasons={sorted.slice(0, FIRST)} />
      {rest.length > 0 ? (
        <details className={css['measured']}>
          <summary>{t('suggest.more', { count: rest.length })}</summary>
          <Sentences reasons={rest} />
        </details>
      ) : null}
    </Section>
  )
}

function Sentences({ reasons }: { readonly reasons: readonly Reason[] }) {
  const { t, either } = useLocal()
  const names = useNames()
  return (
    <ul className={css['reasons']}>
      {reasons.map((reason) => {
        const { zh, en } = sentenceOfReason(reason, names)
        const at = 'at' in reason ? reason.at : null
        return (
          <li key={zh}>
            <span>{either(zh, en)}</span>
            {at ? (
              <ActionIcon
                size="sm"
                aria-label={t('suggest.show')}
                title={t('suggest.show')}
                onClick={() => flyTo([toPosition(at)])}
              >
                <IconMapPin size={15} />
              </ActionIcon>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

function useNames(): Namer {
  const draft = usePlanning((planning) => planning.draft)
  const features = useGrids().data?.features ?? []
  return {
    grid(key) {
      const grid = draft?.grids.get(key)
      return { zh: grid?.name ?? '', en: grid?.nameEn ?? '' }
    },
    community(code) {
      const found = features.find(({ properties }) => properties.community.code === code)?.properties
        .community
      return { zh: found?.name ?? code, en: found?.nameEn ?? code }
    },
  }
}
