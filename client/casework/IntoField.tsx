import { useState } from 'react'
import { Radio, Stack, TextInput } from '@mantine/core'
import { idOfNumber } from '#rules/events'
import { useNear } from '../data/event.ts'
import { useLocal } from '../i18n/local.ts'
import { spanWords } from '../i18n/span.ts'
import { useMetres } from '../ui/Why.tsx'
import type { Given } from './fields.tsx'
import css from './moves.module.css'

/** Likely duplicates first; any other open event by its number. */
export function IntoField({ event, draft, onChange }: Given) {
  const { t } = useLocal()
  const metres = useMetres()
  const near = useNear(event.id).data ?? []
  const [text, setText] = useState('')
  return (
    <fieldset className={css['field']}>
      <legend>{t('work.into')}</legend>
      <Radio.Group
        aria-label={t('work.into')}
        value={draft.into === undefined ? '' : String(draft.into)}
        onChange={(value) => {
          setText('')
          onChange({ into: Number(value) })
        }}
      >
        <Stack gap={6}>
          {near.map(({ event: each, metres: away, hours }) => (
            <Radio
              key={each.id}
              size="xs"
              value={String(each.id)}
              label={
                <span className={css['option']}>
                  {each.number} · {t(`status.${each.status}`)}
                  <small>
                    {t('work.nearNote', {
                      metres: metres(away),
                      span: spanWords(t, Math.abs(hours) * 3_600_000),
                    })}
                    {each.address ? ` · ${each.address}` : ''}
                  </small>
                </span>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {near.length === 0 ? <p className={css['none']}>{t('work.intoNone')}</p> : null}
      <TextInput
        size="xs"
        mt={8}
        label={t('work.intoId')}
        placeholder="20260101-000123"
        value={text}
        onChange={(typed) => {
          const given = typed.currentTarget.value
          setText(given)
          const id = idOfNumber(given)
          if (id !== null) onChange({ into: id })
        }}
      />
    </fieldset>
  )
}
