import { Button } from '@mantine/core'
import type { AuditLine } from '#contract/audit'
import { useLocal } from '../i18n/local.ts'
import { dayWords } from '../i18n/span.ts'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import css from './audit.module.css'
import { accountOf, EVERYTHING, type Wanted } from './audit.ts'
import { useAuditWords } from './auditwords.ts'

interface StepProps {
  readonly line: AuditLine
  readonly onClose: () => void
  readonly onWant: (part: Partial<Wanted>) => void
}

/** One step whole. */
export function AuditStep({ line, onClose, onWant }: StepProps) {
  const { t } = useLocal()
  const words = useAuditWords()
  const { id, at, actor, role, step, subject, reason, hasReason } = line
  const ms = Date.parse(at)
  const account = accountOf(actor)
  return (
    <Panel title={words.step(step)} note={step} onClose={onClose}>
      <Scroll>
        <Section>
          <Facts>
            <Fact label={t('audit.when')}>{`${dayWords(t, ms)} ${secondsOf(ms)}`}</Fact>
            <Fact label={t('audit.who')}>{words.actor(line)}</Fact>
            <Fact label={t('audit.account')}>{actor}</Fact>
            <Fact label={t('audit.role')}>{words.role(role) || t('audit.noRole')}</Fact>
            <Fact label={t('audit.subject')}>{subject}</Fact>
            <Fact label={t('audit.cursor')}>{id}</Fact>
          </Facts>
        </Section>
        <Section heading={t('audit.reason')}>
          <p className={css['prose']}>
            {reason ?? (hasReason ? t('audit.hiddenReason') : t('audit.noReason'))}
          </p>
        </Section>
        <Section>
          <div className={css['buttons']}>
            <Button size="xs" variant="default" onClick={() => onWant({ ...EVERYTHING, subject })}>
              {t('audit.same')}
            </Button>
            {account === null ? null : (
              <Button size="xs" variant="default" onClick={() => onWant({ ...EVERYTHING, account })}>
                {t('audit.samePerson')}
              </Button>
            )}
          </div>
        </Section>
      </Scroll>
    </Panel>
  )
}

/** Steps follow each other within a minute. */
function secondsOf(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(11, 19)
}
