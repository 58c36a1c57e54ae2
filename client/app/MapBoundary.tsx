import { Component, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconMapOff, IconRefresh } from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import css from './app.module.css'

interface Props {
  readonly children: ReactNode
}

/** A machine without WebGL, or a map that could not be fetched, still has every list. React catches by class only. */
export class MapBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <NoMap /> : this.props.children
  }
}

function NoMap() {
  const { t } = useLocal()
  return (
    <div className={css['coming']} role="alert">
      <IconMapOff size={30} stroke={1.4} aria-hidden />
      {t('app.mapFailed')}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        onClick={() => location.reload()}
      >
        {t('state.retry')}
      </Button>
    </div>
  )
}
