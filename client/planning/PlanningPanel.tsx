import { useView } from '../data/view.ts'
import { OpenDraft } from './OpenDraft.tsx'
import { PlanList } from './PlanList.tsx'
import { useOpenPlan } from './queries.ts'

/** Plans and drafts, or the one that is open. */
export function PlanningPanel({ onClose }: { readonly onClose: () => void }) {
  useOpenPlan()
  const isOpen = useView((view) => view.plan.open !== null)
  return isOpen ? <OpenDraft onClose={onClose} /> : <PlanList onClose={onClose} />
}
