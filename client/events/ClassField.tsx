import { useMemo, useState } from 'react'
import { TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Category } from '#contract/events'
import { useCategories } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { useHeat } from './queries.ts'
import css from './report.module.css'

interface ClassFieldProps {
  readonly value: string | null
  readonly onChange: (code: string | null) => void
  readonly fault: string | null
}

const FREQUENT = 6
const FOUND = 12
const EVERYTHING = {}

/** The class of an event: one of those used most, or found by name or code. */
export function ClassField({ value, onChange, fault }: ClassFieldProps) {
  const { t, either } = useLocal()
  const categories = useCategories()
  const frequent = useFrequent(categories)
  const [text, setText] = useState('')
  const chosen = categories.find((each) => each.code === value)
  if (chosen) {
    return (
      <div className={css['chosen']}>
        <span>
          <strong>{either(chosen.name.zh, chosen.name.en)}</strong>
          <small>
            {t('report.limit', { limit: t(`limit.${chosen.limit.unit}`, { count: chosen.limit.amount }) })}
            {` · ${t(`urgency.${chosen.urgency}`)}`}
          </small>
          {fault ? <small className={css['fault']}>{fault}</small> : null}
        </span>
        <UnstyledButton className={css['link']} onClick={() => onChange(null)}>
          {t('report.change')}
        </UnstyledButton>
      </div>
    )
  }
  const wanted = text.trim().toLowerCase()
  const found = wanted === '' ? frequent : categories.filter((each) => isLike(each, wanted)).slice(0, FOUND)
  return (
    <>
      <TextInput
        leftSection={<IconSearch size={15} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder={t('report.whatHint')}
        aria-label={t('report.what')}
        error={fault}
        maxLength={40}
      />
      <p className={css['hint']}>{wanted === '' ? t('report.frequent') : t('report.allClasses')}</p>
      <div className={css['tiles']}>
        {found.map((each) => (
          <UnstyledButton key={each.code} className={css['tile']} onClick={() => onChange(each.code)}>
            <span>{either(each.name.zh, each.name.en)}</span>
            <small>{each.code}</small>
          </UnstyledButton>
        ))}
      </div>
      {found.length === 0 && wanted !== '' ? <p className={css['hint']}>{t('report.noClass')}</p> : null}
    </>
  )
}

function isLike({ code, name }: Category, wanted: string): boolean {
  return [code, name.zh, name.en].some((each) => each.toLowerCase().includes(wanted))
}

/** The classes that this sub-district has reported most. */
function useFrequent(categories: readonly Category[]): readonly Category[] {
  const cells = useHeat(EVERYTHING, 'now').data?.cells
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const { category, count } of cells ?? []) counts.set(category, (counts.get(category) ?? 0) + count)
    return categories
      .toSorted((a, b) => (counts.get(b.code) ?? 0) - (counts.get(a.code) ?? 0))
      .slice(0, FREQUENT)
  }, [categories, cells])
}
