import { useState } from 'react'
import { ActionIcon, Button, Radio, Select, Stack, TextInput } from '@mantine/core'
import { IconPlayerPause, IconTrash } from '@tabler/icons-react'
import type { Condition } from '#contract/deadlines'
import { useCategories, useConditions } from '../data/catalog.ts'
import { serverNow } from '../data/live.ts'
import { useLocal } from '../i18n/local.ts'
import { Scroll, Section } from '../ui/Panel.tsx'
import { Empty } from '../ui/States.tsx'
import css from './rules.module.css'
import { useCalendars } from './rules.ts'
import { instantOf, textOf, tryOut, type Hold } from './trial.ts'
import { TrialOutcome } from './TrialOutcome.tsx'

const NONE: readonly Condition[] = []
const HOUR = 3_600_000

/** "When would it be due?": class, condition and moment, and each span that is counted. */
export function Trial() {
  const { t, either } = useLocal()
  const conditions = useConditions().data ?? NONE
  const years = useCalendars().data?.years
  const categories = useCategories()
  const [category, setCategory] = useState<string | null>(null)
  const [id, setId] = useState<number | null>(null)
  const [start, setStart] = useState(() => textOf(serverNow()))
  const [holds, setHolds] = useState<readonly Hold[]>([])
  const own = conditions
    .filter((each) => each.category === category)
    .toSorted((a, b) => a.ordinal - b.ordinal)
  const chosen = own.find((each) => each.id === id)
  const at = instantOf(start)
  const outcome = chosen && years && at !== null ? tryOut(at, chosen, years, holds) : null

  function choose(code: string | null): void {
    setCategory(code)
    setId(conditions.find((each) => each.category === code && each.ordinal === 1)?.id ?? null)
  }

  return (
    <div className={css['split']} data-side="trial">
      <div className={css['main']}>
        {outcome && chosen ? (
          <TrialOutcome outcome={outcome} condition={chosen} />
        ) : (
          <Empty title={t('trial.title')} note={t('trial.incomplete')} />
        )}
      </div>
      <div className={css['side']}>
        <Scroll>
          <Section>
            <div className={css['fields']}>
              <p className={css['note']}>{t('trial.note')}</p>
              <Select
                searchable
                label={t('trial.category')}
                placeholder={t('trial.chooseCategory')}
                nothingFoundMessage={t('rules.none')}
                value={category}
                onChange={choose}
                data={categories.map(({ code, name }) => ({
                  value: code,
                  label: `${either(name.zh, name.en)} ${code}`,
                }))}
              />
              {own.length > 0 ? (
                <Radio.Group
                  label={t('trial.condition')}
                  value={id === null ? null : String(id)}
                  onChange={(value) => setId(Number(value))}
                >
                  <Stack gap={6} mt={4}>
                    {own.map((each) => (
                      <Radio
                        key={each.id}
                        size="xs"
                        value={String(each.id)}
                        label={`${either(each.text.zh, each.text.en)} · ${t(`limit.${each.limit.unit}`, {
                          count: each.limit.amount,
                        })}`}
                      />
                    ))}
                  </Stack>
                </Radio.Group>
              ) : null}
              <TextInput
                type="datetime-local"
                label={t('trial.start')}
                value={start}
                onChange={(event) => setStart(event.currentTarget.value)}
              />
            </div>
          </Section>
          <Section heading={t('trial.pause')}>
            <Holds
              holds={holds}
              onChange={setHolds}
              onAdd={() => setHolds([...holds, { from: start, to: textOf((at ?? serverNow()) + 24 * HOUR) }])}
            />
          </Section>
        </Scroll>
      </div>
    </div>
  )
}

interface HoldsProps {
  readonly holds: readonly Hold[]
  readonly onChange: (holds: readonly Hold[]) => void
  readonly onAdd: () => void
}

function Holds({ holds, onChange, onAdd }: HoldsProps) {
  const { t } = useLocal()
  const replace = (at: number, part: Partial<Hold>) =>
    onChange(holds.map((hold, k) => (k === at ? { ...hold, ...part } : hold)))
  return (
    <div className={css['fields']}>
      {holds.map((hold, at) => (
        // Holds have no identity, and keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={css['hold']}>
          <TextInput
            size="xs"
            type="datetime-local"
            aria-label={t('trial.pauseFrom')}
            value={hold.from}
            onChange={(event) => replace(at, { from: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            type="datetime-local"
            aria-label={t('trial.pauseTo')}
            value={hold.to}
            onChange={(event) => replace(at, { to: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={t('trial.removePause')}
            title={t('trial.removePause')}
            onClick={() => onChange(holds.filter((_, k) => k !== at))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        style={{ justifySelf: 'start' }}
        leftSection={<IconPlayerPause size={14} aria-hidden />}
        onClick={onAdd}
      >
        {t('trial.addPause')}
      </Button>
    </div>
  )
}
