import type { ReactNode } from 'react'
import { Button, CopyButton } from '@mantine/core'
import { IconLink, IconShieldCheck } from '@tabler/icons-react'
import type { Verdict } from '#contract/audit'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { Fact, Facts, Scroll, Section } from '../ui/Panel.tsx'
import { Failure, RowsComing, useSentence } from '../ui/States.tsx'
import css from './audit.module.css'
import { useHead, useVerify } from './audit.ts'

/** The chain of seals over the trail: its head to be noted elsewhere, and a look at the whole of it. */
export function Chain() {
  const { t, number } = useLocal()
  const now = useNow(60)
  const head = useHead()
  if (head.error) return <Failure error={head.error} retry={() => void head.refetch()} />
  if (!head.data) return <RowsComing rows={4} />
  const { seals, head: hash, sealedAt, unsealed, verified } = head.data
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const looked = verified?.ok ? 'audit.verifiedOk' : 'audit.verifiedBad'
  return (
    <Scroll>
      <Section
        heading={
          <span className={css['heading']}>
            <IconLink size={15} aria-hidden /> {t('audit.chain')}
          </span>
        }
      >
        <p className={css['note']}>{t('audit.chainNote')}</p>
        <Copied label={t('audit.head')} text={hash}>
          {hash ?? t('audit.headNone')}
        </Copied>
        <Facts>
          <Fact label={t('audit.seals')}>{t('audit.sealsN', { count: seals, n: number(seals) })}</Fact>
          <Fact label={t('audit.sealedAt')}>{sealedAt ? at(sealedAt) : t('audit.never')}</Fact>
          <Fact label={t('audit.unsealed')}>
            {t('audit.unsealedN', { count: unsealed, n: number(unsealed) })}
          </Fact>
          <Fact label={t('audit.verified')}>
            {verified ? t(looked, { at: at(verified.at), n: number(verified.seals) }) : t('audit.never')}
          </Fact>
        </Facts>
      </Section>
      <Section>
        <Verify />
      </Section>
      {hash ? (
        <Section heading={t('audit.command')}>
          <Copied label={t('audit.command')} text={`npm run verify-trail -- --head ${hash}`}>
            {`npm run verify-trail -- --head ${hash}`}
          </Copied>
        </Section>
      ) : null}
    </Scroll>
  )
}

function Verify() {
  const { t } = useLocal()
  const sentence = useSentence()
  const looking = useVerify()
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={looking.isPending}
        onClick={() => looking.mutate()}
      >
        {t('audit.verify')}
      </Button>
      <p className={css['after']}>{t('audit.verifyNote')}</p>
      {looking.error ? <p className={css['bad']}>{sentence(looking.error)}</p> : null}
      {looking.data ? <Said verdict={looking.data} /> : null}
    </>
  )
}

function Said({ verdict }: { readonly verdict: Verdict }) {
  const { t, number } = useLocal()
  const { steps, seals, faults } = verdict
  if (faults.length === 0) {
    return (
      <output className={css['good']}>
        {t('audit.verdictOk', { steps: number(steps), seals: number(seals) })}
      </output>
    )
  }
  return (
    <div className={css['bad']} role="alert">
      <strong>{t('audit.verdictBad', { count: faults.length })}</strong>
      <ul>
        {faults.map(({ kind, seal, line }) => (
          <li key={`${kind} ${seal} ${line ?? ''}`}>
            {t(`audit.faults.${kind}`)}
            <small>
              {line === null ? t('audit.faultAt', { seal }) : t('audit.faultLine', { seal, line })}
            </small>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface CopiedProps {
  readonly label: string
  /** Null where there is nothing to copy. */
  readonly text: string | null
  readonly children: ReactNode
}

function Copied({ label, text, children }: CopiedProps) {
  const { t } = useLocal()
  return (
    <div className={css['copied']}>
      <code aria-label={label}>{children}</code>
      {text === null ? null : (
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? t('app.copied') : t('audit.copy')}
            </Button>
          )}
        </CopyButton>
      )}
    </div>
  )
}
