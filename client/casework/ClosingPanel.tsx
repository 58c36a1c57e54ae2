import { DeskPanel } from './DeskPanel.tsx'

export function ClosingPanel({ onClose }: { readonly onClose: () => void }) {
  return <DeskPanel desk="closing" onClose={onClose} />
}
