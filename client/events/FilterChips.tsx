import { UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { EventFilter } from '#contract/events'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { chosenOf, FACETS, useOptions, withFacet, type Facet } from './facets.ts'
import css from './filter.module.css'
import { periodOf, withWindow } from './period.ts'

interface ChipsProps {
  readonly filter: EventFilter
  readonly onChange: (filter: EventFilter) => void
}

/** Every condition in force, each to be taken back by itself. */
export function FilterChips({ filter, onChange }: ChipsProps) {
  const { t } = useLocal()
  const now = useNow(60)
  const without = (key: 'state' | 'text' | 'bbox' | 'closedFrom' | 'watched' | 'mine') => {
    const { [key]: _, ...rest } = filter
    onChange(rest)
  }
  return (
    <div className={css['chips']}>
      {filter.state ? <Chip text={t(`filter.${filter.state}`)} onRemove={() => without('state')} /> : null}
      {filter.text ? <Chip text={`“${filter.text}”`} onRemove={() => without('text')} /> : null}
      {FACETS.map((facet) => (
        <FacetChip key={facet} facet={facet} filter={filter} onChange={onChange} />
      ))}
      {filter.watched ? <Chip text={t('filter.watched')} onRemove={() => without('watched')} /> : null}
      {filter.mine ? <Chip text={t('filter.mine')} onRemove={() => without('mine')} /> : null}
      <WindowChip filter={filter} onChange={onChange} />
      {filter.closedFrom ? (
        <Chip
          text={t('filter.closedSince', { from: exactWords(t, Date.parse(filter.closedFrom), now) })}
          onRemove={() => without('closedFrom')}
        />
      ) : null}
      {filter.bbox ? <Chip text={t('filter.area')} onRemove={() => without('bbox')} /> : null}
      <UnstyledButton className={css['clearAll']} onClick={() => onChange({})}>
        {t('filter.clearAll')}
      </UnstyledButton>
    </div>
  )
}

/** One chip per facet names its first values and counts the rest. */
function FacetChip({ facet, filter, onChange }: ChipsProps & { readonly facet: Facet }) {
  const { t } = useLocal()
  const options = useOptions(facet)
  const chosen = chosenOf(filter, facet)
  if (chosen.length === 0) return null
  const names = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value)
  const rest = names.length - 2
  const text =
    names.slice(0, 2).join('、') + (rest > 0 ? ` ${t('filter.more', { count: names.length })}` : '')
  return <Chip text={text} onRemove={() => onChange(withFacet(filter, facet, []))} />
}

function WindowChip({ filter, onChange }: ChipsProps) {
  const { t } = useLocal()
  const now = useNow(60)
  const { from, to } = filter
  if (from === undefined && to === undefined) return null
  const named = periodOf(filter, now)
  const words = (instant: string) => exactWords(t, Date.parse(instant), now)
  const text = named
    ? t(`filter.${named}`)
    : from && to
      ? `${words(from)} – ${words(to)}`
      : from
        ? t('filter.since', { from: words(from) })
        : t('filter.until', { to: words(to ?? '') })
  return <Chip text={text} onRemove={() => onChange(withWindow(filter, undefined, undefined))} />
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  const { t } = useLocal()
  return (
    <UnstyledButton
      className={css['chip']}
      onClick={onRemove}
      aria-label={t('filter.remove', { what: text })}
    >
      <span>{text}</span>
      <IconX size={12} aria-hidden />
    </UnstyledButton>
  )
}
