import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowsComing } from '../ui/States.tsx'

export function MinePanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  return (
    <Panel title={t('panel.mine')} onClose={onClose}>
      <RowsComing />
    </Panel>
  )
}
