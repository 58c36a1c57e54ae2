import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowsComing } from '../ui/States.tsx'

interface DetailProps {
  readonly id: number
  readonly onClose: () => void
}

export function DisputeDetail({ onClose }: DetailProps) {
  const { t } = useLocal()
  return (
    <Panel title={t('panel.disputes')} onClose={onClose}>
      <RowsComing />
    </Panel>
  )
}
