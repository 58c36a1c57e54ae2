import { Modal } from '@mantine/core'
import type { Me } from '#contract/accounts'
import { useLocal } from '../i18n/local.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { Sessions } from './Sessions.tsx'

export type Dialog = 'sessions' | 'password'

interface DialogProps {
  readonly dialog: Dialog
  readonly me: Me
  readonly onClose: () => void
}

/** What a person does with an own account, beyond looking at it. */
export function AccountDialog({ dialog, me, onClose }: DialogProps) {
  const { t } = useLocal()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(dialog === 'password' ? 'account.password' : 'account.sessions')}
      size={dialog === 'password' ? 400 : 560}
      centered
      lockScroll={false}
      transitionProps={{ duration: 150 }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {dialog === 'sessions' ? <Sessions /> : <PasswordForm me={me} onDone={onClose} />}
    </Modal>
  )
}
