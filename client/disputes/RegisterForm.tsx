import { useState } from 'react'
import { Alert, Button, Textarea, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconChevronUp, IconLock } from '@tabler/icons-react'
import { registerDispute } from '#contract/disputes'
import { call } from '../data/api.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import css from './disputes.module.css'
import { useSending } from './queries.ts'
import { bodyOf, isComplete, NEW_DRAFT, type NewDraft } from './register.ts'
import { ClassField, GridField, TextField } from './RegisterFields.tsx'
import { RegisterMore } from './RegisterMore.tsx'

const NAMES = [
  'class',
  'subclass',
  'gridId',
  'summary',
  'parties/0/phone',
  'parties/1/phone',
  'riskReason',
] as const

/** Six fields; all else is folded away and has a usual value. */
export function RegisterForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const set = useView((view) => view.set)
  const [draft, setDraft] = useState<NewDraft>(NEW_DRAFT)
  const [isMore, setMore] = useState(false)
  const change = (part: Partial<NewDraft>) => setDraft((before) => ({ ...before, ...part }))
  const { submit, isSending, error } = useSending(
    (sent: NewDraft, idempotencyKey) => call(registerDispute, { body: bodyOf(sent), idempotencyKey }),
    ({ id, number }) => {
      notifications.show({ message: t('disputes.done', { number }) })
      set({ selection: { kind: 'dispute', id } })
      onClose()
    },
  )
  const faults = useFaults(error, NAMES)
  const send = () => {
    if (isComplete(draft) && !isSending) submit(draft)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the fields
    <form
      className={css['register']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className={css['fields']}>
        {faults.general === null ? null : (
          <Alert color="red" variant="light" p={8}>
            {faults.general}
          </Alert>
        )}
        <ClassField draft={draft} onChange={change} fault={faults.at('class') ?? faults.at('subclass')} />
        <GridField draft={draft} onChange={change} fault={faults.at('gridId')} />
        <Textarea
          size="xs"
          autosize
          minRows={3}
          maxRows={8}
          maxLength={2000}
          withAsterisk
          autoComplete="off"
          label={t('disputes.summary')}
          placeholder={t('disputes.summaryHint')}
          value={draft.summary}
          error={faults.at('summary')}
          onChange={(typed) => change({ summary: typed.currentTarget.value })}
        />
        <TextField name="applicant" draft={draft} onChange={change} required="yes" />
        <TextField
          name="applicantPhone"
          draft={draft}
          onChange={change}
          fault={faults.at('parties/0/phone')}
        />
        <TextField name="respondent" draft={draft} onChange={change} />
        <UnstyledButton className={css['fold']} aria-expanded={isMore} onClick={() => setMore((was) => !was)}>
          {isMore ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
          {isMore ? t('disputes.less') : t('disputes.more')}
        </UnstyledButton>
        <RegisterMore
          draft={draft}
          onChange={change}
          isOpen={isMore}
          fault={faults.at('riskReason')}
          phoneFault={faults.at('parties/1/phone')}
        />
        <p className={css['sealed']}>
          <IconLock size={14} aria-hidden />
          {t('disputes.sealed')}
        </p>
      </div>
      <div className={css['formFoot']}>
        <span className={css['keys']}>{t('disputes.keys')}</span>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={!isComplete(draft)} loading={isSending}>
          {t('disputes.send')}
        </Button>
      </div>
    </form>
  )
}
