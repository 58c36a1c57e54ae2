import type { AuditLine } from '#contract/audit'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './audit.module.css'
import { useAuditWords } from './auditwords.ts'

interface RowProps {
  readonly line: AuditLine
  readonly isOpen: boolean
  readonly onOpen: () => void
}

export function AuditRow({ line, isOpen, onOpen }: RowProps) {
  const { t } = useLocal()
  const words = useAuditWords()
  const now = useNow(60)
  const { at, role, step, subject, reason, hasReason } = line
  return (
    <button type="button" className={css['line']} aria-current={isOpen} onClick={onOpen}>
      <time dateTime={at}>{exactWords(t, Date.parse(at), now)}</time>
      <span className={css['two']}>
        <strong>{words.actor(line)}</strong>
        <small>{words.role(role)}</small>
      </span>
      <span className={css['two']}>
        <strong>{words.step(step)}</strong>
        <small>{step}</small>
      </span>
      <span className={css['subject']}>{subject}</span>
      <span className={css['reason']}>{reason ?? (hasReason ? '…' : '')}</span>
    </button>
  )
}
