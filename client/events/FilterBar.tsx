import { useEffect, useState } from 'react'
import { Collapse, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import type { EventFilter } from '#contract/events'
import { conditions } from '../data/filter.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { FACETS } from './facets.ts'
import { FacetMenu } from './FacetMenu.tsx'
import css from './filter.module.css'
import { FilterChips } from './FilterChips.tsx'
import { PeriodMenu } from './PeriodMenu.tsx'
import { useTotals } from './queries.ts'

/** A small screen shows its rows first. */
const PHONE_PX = 720

/** The console's one filter. Over open events the choice of open or ended has no sense. */
export function FilterBar({ over }: { readonly over: 'open' | 'all' }) {
  const { t } = useLocal()
  const filter = useView((view) => view.filter)
  const set = useView((view) => view.set)
  const [opened, setOpened] = useState(over === 'all' && window.innerWidth > PHONE_PX)
  const count = conditions(filter)
  const onChange = (next: EventFilter) => set({ filter: next })
  const asked: EventFilter = over === 'open' ? { ...filter, state: 'open' } : filter
  return (
    <div className={css['bar']}>
      <div className={css['top']}>
        <TextFilter filter={filter} onChange={onChange} />
        <UnstyledButton
          className={css['toggle']}
          aria-expanded={opened}
          data-active={count > 0}
          onClick={() => setOpened((was) => !was)}
        >
          <IconAdjustmentsHorizontal size={15} aria-hidden />
          {t('filter.title')}
          {count > 0 ? <span className={css['badge']}>{count}</span> : null}
        </UnstyledButton>
      </div>
      <Collapse expanded={opened}>
        <div className={css['facets']}>
          {over === 'all' ? <StateChoice filter={filter} onChange={onChange} /> : null}
          {FACETS.map((facet) => (
            <FacetMenu key={facet} facet={facet} asked={asked} filter={filter} onChange={onChange} />
          ))}
          <PeriodMenu filter={filter} onChange={onChange} />
          {TOGGLES.map((name) => (
            <Toggle key={name} name={name} filter={filter} onChange={onChange} />
          ))}
        </div>
      </Collapse>
      {count > 0 ? <FilterChips filter={filter} onChange={onChange} /> : null}
    </div>
  )
}

interface PartProps {
  readonly filter: EventFilter
  readonly onChange: (filter: EventFilter) => void
}

const TOGGLES = ['watched', 'mine'] as const

function Toggle({ name, filter, onChange }: PartProps & { readonly name: (typeof TOGGLES)[number] }) {
  const { t } = useLocal()
  const { [name]: on, ...rest } = filter
  return (
    <UnstyledButton
      className={css['pill']}
      data-active={on !== undefined}
      aria-pressed={on !== undefined}
      onClick={() => onChange(on === undefined ? { ...rest, [name]: 'yes' } : rest)}
    >
      {t(`filter.${name}`)}
    </UnstyledButton>
  )
}

function StateChoice({ filter, onChange }: PartProps) {
  const { t, number } = useLocal()
  const { state, ...rest } = filter
  const [all, open, ended] = useTotals([rest, { ...rest, state: 'open' }, { ...rest, state: 'ended' }])
  const item = (value: string, word: string, total: number | undefined) => ({
    value,
    label: (
      <span className={css['state']}>
        {word} <span className={css['count']}>{total === undefined ? '' : number(total)}</span>
      </span>
    ),
  })
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      className={css['states'] ?? ''}
      aria-label={t('filter.state')}
      value={state ?? 'all'}
      onChange={(value) => onChange(value === 'open' || value === 'ended' ? { ...rest, state: value } : rest)}
      data={[
        item('all', t('filter.all'), all),
        item('open', t('filter.open'), open),
        item('ended', t('filter.ended'), ended),
      ]}
    />
  )
}

/** Typing asks the server, so it waits for a pause. */
const PAUSE_MS = 300

function TextFilter({ filter, onChange }: PartProps) {
  const { t } = useLocal()
  const [text, setText] = useState(filter.text ?? '')
  const [asked, setAsked] = useState(filter.text)
  if (asked !== filter.text) {
    setAsked(filter.text)
    if (filter.text !== text.trim()) setText(filter.text ?? '')
  }
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === (filter.text ?? '')) return
    const timer = setTimeout(() => {
      const { text: _, ...rest } = filter
      onChange(wanted === '' ? rest : { ...rest, text: wanted })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, filter, onChange])
  return (
    <TextInput
      size="xs"
      className={css['text'] ?? ''}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      placeholder={t('filter.text')}
      aria-label={t('filter.text')}
      maxLength={100}
    />
  )
}
