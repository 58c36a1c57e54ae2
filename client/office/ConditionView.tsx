import { Button } from '@mantine/core'
import type { Condition } from '#contract/deadlines'
import { useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import css from './rules.module.css'

interface ViewProps {
  readonly condition: Condition
  readonly onClose: () => void
  /** Null for who may only read. */
  readonly onEdit: (() => void) | null
  readonly onAdd: (() => void) | null
}

/** One condition whole. */
export function ConditionView({ condition, onClose, onEdit, onAdd }: ViewProps) {
  const { t, either } = useLocal()
  const nameOf = useCategoryName()
  const { category, ordinal, version, text, closing, limit, urgency, amberShare, nearM, nearHours, proof } =
    condition
  return (
    <Panel
      title={nameOf(category)}
      note={`${category}/${ordinal} · ${t('rules.version', { version })}`}
      onClose={onClose}
    >
      <Scroll>
        <Section heading={t('rules.condition')}>
          <p className={css['prose']}>{either(text.zh, text.en)}</p>
        </Section>
        <Section heading={t('rules.closing')}>
          <p className={css['prose']}>{either(closing.zh, closing.en)}</p>
        </Section>
        <Section>
          <Facts>
            <Fact label={t('rules.limit')}>{t(`limit.${limit.unit}`, { count: limit.amount })}</Fact>
            <Fact label={t('rules.counting')}>{t(`rules.countings.${limit.counting}`)}</Fact>
            <Fact label={t('rules.urgency')}>{t(`urgency.${urgency}`)}</Fact>
            <Fact label={t('rules.amber')}>
              {t('rules.amberAt', { percent: Math.round(amberShare * 100) })}
            </Fact>
            <Fact label={t('rules.near')}>
              {nearM > 0 ? t('rules.nearAt', { metres: nearM, hours: nearHours }) : t('rules.nearNone')}
            </Fact>
            <Fact label={t('rules.proof')}>{t(`rules.proofs.${proof}`)}</Fact>
          </Facts>
        </Section>
        {onEdit && onAdd ? (
          <Section>
            <div className={css['buttons']}>
              <Button size="xs" onClick={onEdit}>
                {t('rules.edit')}
              </Button>
              <Button size="xs" variant="default" onClick={onAdd}>
                {t('rules.add')}
              </Button>
            </div>
          </Section>
        ) : null}
      </Scroll>
    </Panel>
  )
}
