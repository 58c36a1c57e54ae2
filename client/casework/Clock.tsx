import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import type { Why } from '#contract/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, spanWords } from '../i18n/span.ts'
import css from './clock.module.css'

interface WhyProps {
  readonly why: Why | null
  readonly amberAt: string
}

const SHOWN = 6

/** Why a promise falls due when it does, as it was kept with the promise: limit, condition, every span, pauses, extensions. */
export function WhyDue({ why, amberAt }: WhyProps) {
  const { t } = useLocal()
  const now = useNow(60)
  if (!why) return <p className={css['none']}>{t('why.none')}</p>
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const limit = t(`limit.${why.limit.unit}`, { count: why.limit.amount })
  const counting = t(`why.counting.${why.limit.counting}`)
  const isProvisional = why.calendars.some((each) => each.endsWith('?'))
  return (
    <details className={css['why']}>
      <summary>{t('why.title')}</summary>
      <ul>
        <li>
          {why.rule === null
            ? t('why.ruleNone', { limit, counting })
            : t('why.rule', { rule: why.rule, limit, counting })}
        </li>
        <li>{t('why.start', { at: at(why.start) })}</li>
        {why.extensions.length > 0 ? (
          <li>
            {t('why.extensions', { count: why.extensions.length })}
            {why.extensions.map(({ from, to }) => (
              <small key={to}>{t('why.extension', { from: at(from), to: at(to) })}</small>
            ))}
          </li>
        ) : null}
        <li>{t('why.amber', { at: at(amberAt) })}</li>
        {why.calendars.length > 0 ? (
          <li>
            {t('why.calendars', { list: why.calendars.join('、') })}
            {isProvisional ? <small>{t('why.provisional')}</small> : null}
          </li>
        ) : null}
      </ul>
      <Spans why={why} />
    </details>
  )
}

function Spans({ why }: { readonly why: Why }) {
  const { t } = useLocal()
  const now = useNow(60)
  const [isWhole, setWhole] = useState(false)
  const spans = isWhole ? why.spans : why.spans.slice(0, SHOWN)
  const hidden = why.spans.length - spans.length
  const isDays = why.limit.counting === 'next_day'
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  if (why.spans.length === 0) return null
  return (
    <>
      <table className={css['spans']}>
        <caption>{t('why.spansTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('why.from')}</th>
            <th scope="col">{t('why.to')}</th>
            <th scope="col">{t('why.counts')}</th>
          </tr>
        </thead>
        <tbody>
          {spans.map(({ from, to, kind, counted }) => (
            <tr key={from} data-kind={kind}>
              <td>{at(from)}</td>
              <td>{at(to)}</td>
              <td>
                {kind === 'off' || kind === 'paused'
                  ? t(`why.kind.${kind}`)
                  : isDays
                    ? t('why.days', { count: counted })
                    : spanWords(t, counted)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 ? (
        <UnstyledButton className={css['more']} onClick={() => setWhole(true)}>
          {t('why.more', { count: hidden })}
        </UnstyledButton>
      ) : null}
    </>
  )
}
