import { useState } from 'react'
import { Checkbox, Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { EventFilter } from '#contract/events'
import { useLocal } from '../i18n/local.ts'
import { chosenOf, useCounts, useOptions, withFacet, type Facet, type Option } from './facets.ts'
import css from './filter.module.css'

interface FacetMenuProps {
  readonly facet: Facet
  /** The filter as asked, with what the panel itself adds; counts follow it. */
  readonly asked: EventFilter
  readonly filter: EventFilter
  readonly onChange: (filter: EventFilter) => void
}

/** A list shorter than this needs no search of its own. */
const SHORT = 12

export function FacetMenu({ facet, asked, filter, onChange }: FacetMenuProps) {
  const { t } = useLocal()
  const [opened, setOpened] = useState(false)
  const chosen = chosenOf(filter, facet)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={css['pill']}
          data-active={chosen.length > 0}
          onClick={() => setOpened((was) => !was)}
        >
          {t(`filter.${facet}`)}
          {chosen.length > 0 ? <span className={css['badge']}>{chosen.length}</span> : null}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css['menu']}>
        {opened ? (
          <Options
            facet={facet}
            asked={asked}
            chosen={chosen}
            onChoose={(values) => onChange(withFacet(filter, facet, values))}
          />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

interface OptionsProps {
  readonly facet: Facet
  readonly asked: EventFilter
  readonly chosen: readonly string[]
  readonly onChoose: (values: readonly string[]) => void
}

function Options({ facet, asked, chosen, onChoose }: OptionsProps) {
  const { t, number } = useLocal()
  const [text, setText] = useState('')
  const options = useOptions(facet)
  const counts = useCounts(facet, asked)
  const label = t(`filter.${facet}`)
  const wanted = text.trim().toLowerCase()
  const found = options.filter((option) => isLike(option, wanted))
  const toggleGroup = (group: string) => {
    const members = found.filter((option) => option.group === group).map((option) => option.value)
    const others = chosen.filter((value) => !members.includes(value))
    onChoose(members.every((value) => chosen.includes(value)) ? others : [...others, ...members])
  }
  const toggle = (value: string) =>
    onChoose(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value])
  return (
    <>
      {options.length > SHORT ? (
        <TextInput
          size="xs"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('filter.within', { label })}
          aria-label={t('filter.within', { label })}
          data-autofocus
        />
      ) : null}
      <fieldset className={css['options']} aria-label={label}>
        {found.map((option, k) => (
          <div key={option.value}>
            {option.group && option.group !== found[k - 1]?.group ? (
              <UnstyledButton className={css['group']} onClick={() => toggleGroup(option.group ?? '')}>
                {option.group}
              </UnstyledButton>
            ) : null}
            <Checkbox
              size="xs"
              classNames={{
                root: css['option'] ?? '',
                body: css['optionBody'] ?? '',
                labelWrapper: css['optionLabel'] ?? '',
              }}
              checked={chosen.includes(option.value)}
              onChange={() => toggle(option.value)}
              label={
                <span
                  className={css['optionText']}
                  data-none={counts.get(option.value) === undefined || counts.get(option.value) === 0}
                >
                  <span>{option.label}</span>
                  <span className={css['count']}>{number(counts.get(option.value) ?? 0)}</span>
                </span>
              }
            />
          </div>
        ))}
        {found.length === 0 ? <p className={css['nothing']}>{t('filter.nothing')}</p> : null}
      </fieldset>
      {chosen.length > 0 ? (
        <UnstyledButton className={css['clear']} onClick={() => onChoose([])}>
          {t('filter.clear')}
        </UnstyledButton>
      ) : null}
    </>
  )
}

function isLike(option: Option, wanted: string): boolean {
  return [option.label, option.value, option.group ?? ''].some((each) => each.toLowerCase().includes(wanted))
}
