import { Modal } from '@mantine/core'
import { useLocal } from '../i18n/local.ts'
import css from './settings.module.css'

const KEYS = [
  { keys: ['/'], word: 'search' },
  { keys: ['j'], word: 'next' },
  { keys: ['k'], word: 'previous' },
  { keys: ['r'], word: 'report' },
  { keys: ['x'], word: 'check' },
  { keys: ['f', 'd', 's', '…'], word: 'moves' },
  { keys: ['Ctrl', 'Enter'], word: 'send' },
  { keys: ['1', '…', '9'], word: 'panels' },
  { keys: ['1', '…', '7'], word: 'tools' },
  { keys: ['Ctrl', 'Z'], word: 'undo' },
  { keys: ['Esc'], word: 'close' },
  { keys: ['?'], word: 'help' },
] as const

export function KeyTable() {
  const { t } = useLocal()
  return (
    <dl className={css['keys']}>
      {KEYS.flatMap(({ keys, word }) => [
        <dt key={`${word} key`}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </dt>,
        <dd key={word}>{t(`keys.${word}`)}</dd>,
      ])}
    </dl>
  )
}

export function Help({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useLocal()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size={420}
      centered
      lockScroll={false}
      transitionProps={{ duration: 150 }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <KeyTable />
    </Modal>
  )
}
