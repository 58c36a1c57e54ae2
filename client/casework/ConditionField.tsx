import { useState } from 'react'
import { Radio, Stack, TextInput } from '@mantine/core'
import { useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import type { Given } from './fields.tsx'
import css from './moves.module.css'
import { useConditionsOf } from './queries.ts'

/** So many are looked through; more are searched. */
const MANY = 4

/** Conditions of the class by their text; the limit that each sets stands beside it. */
export function ConditionField({ event, draft, onChange }: Given) {
  const { t, either } = useLocal()
  const nameOf = useCategoryName()
  const [text, setText] = useState('')
  const conditions = useConditionsOf(event.category)
  const wanted = text.trim().toLowerCase()
  const found = conditions?.filter((each) =>
    [each.text.zh, each.text.en].some((words) => words.toLowerCase().includes(wanted)),
  )
  return (
    <fieldset className={css['field']}>
      <legend>
        {t('work.condition')} · {nameOf(event.category)}
      </legend>
      {conditions && conditions.length > MANY ? (
        <TextInput
          size="xs"
          mb={6}
          value={text}
          onChange={(typed) => setText(typed.currentTarget.value)}
          placeholder={t('work.conditionSearch')}
          aria-label={t('work.conditionSearch')}
        />
      ) : null}
      <Radio.Group
        aria-label={t('work.condition')}
        value={draft.conditionId === undefined ? '' : String(draft.conditionId)}
        onChange={(value) => onChange({ conditionId: Number(value) })}
      >
        <Stack gap={6}>
          {found?.map((each) => (
            <Radio
              key={each.id}
              size="xs"
              value={String(each.id)}
              label={
                <span className={css['option']}>
                  {either(each.text.zh, each.text.en)}
                  <small>
                    {t('work.conditionNote', {
                      limit: t(`limit.${each.limit.unit}`, { count: each.limit.amount }),
                      urgency: t(`urgency.${each.urgency}`),
                    })}
                    {each.proof === 'photo' ? ` · ${t('work.proof')}` : ''}
                  </small>
                </span>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {found?.length === 0 ? <p className={css['none']}>{t('work.conditionNone')}</p> : null}
      {conditions ? null : <p className={css['none']}>{t('state.loading')}</p>}
    </fieldset>
  )
}
