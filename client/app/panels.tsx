import { lazy, type ComponentType } from 'react'
import {
  IconActivityHeartbeat,
  IconBook2,
  IconBorderOuter,
  IconChecklist,
  IconEyeExclamation,
  IconFileSearch,
  IconHeartHandshake,
  IconInbox,
  IconLayoutGrid,
  IconListDetails,
  IconPolygon,
  IconSend2,
  IconSettings,
  IconTool,
  IconUserCheck,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import type { PanelName } from '../data/view.ts'
import { LivePanel } from '../events/LivePanel.tsx'
import { openLaterWords } from '../i18n/index.ts'

// What not everybody opens is fetched when somebody does.
const desks = () => import('../casework/DeskPanel.tsx')
const BorderPanel = lazy(() => desks().then(({ BorderPanel: Panel }) => ({ default: Panel })))
const DispatchPanel = lazy(() => desks().then(({ DispatchPanel: Panel }) => ({ default: Panel })))
const IntakePanel = lazy(() => desks().then(({ IntakePanel: Panel }) => ({ default: Panel })))
const SupervisionPanel = lazy(() => desks().then(({ SupervisionPanel: Panel }) => ({ default: Panel })))
const UnitPanel = lazy(() => desks().then(({ UnitPanel: Panel }) => ({ default: Panel })))
const ClosingPanel = lazy(() =>
  import('../casework/ClosingPanel.tsx').then(({ ClosingPanel: Panel }) => ({ default: Panel })),
)
const MinePanel = lazy(() =>
  import('../casework/MinePanel.tsx').then(({ MinePanel: Panel }) => ({ default: Panel })),
)
const DisputesPanel = lazy(() =>
  import('../disputes/DisputesPanel.tsx').then(({ DisputesPanel: Panel }) => ({ default: Panel })),
)
const EventsPanel = lazy(() =>
  import('../events/EventsPanel.tsx').then(({ EventsPanel: Panel }) => ({ default: Panel })),
)
const GridsPanel = lazy(() =>
  import('../grids/GridsPanel.tsx').then(({ GridsPanel: Panel }) => ({ default: Panel })),
)
const PlanningPanel = lazy(async () => {
  const [{ PlanningPanel: Panel }] = await Promise.all([
    import('../planning/PlanningPanel.tsx'),
    openLaterWords(),
  ])
  return { default: Panel }
})
const RulesPanel = lazy(() =>
  import('../office/RulesPanel.tsx').then(({ RulesPanel: Panel }) => ({ default: Panel })),
)
const PeoplePanel = lazy(() =>
  import('../office/PeoplePanel.tsx').then(({ PeoplePanel: Panel }) => ({ default: Panel })),
)
const AuditPanel = lazy(() =>
  import('../office/AuditPanel.tsx').then(({ AuditPanel: Panel }) => ({ default: Panel })),
)
const SettingsPanel = lazy(() =>
  import('./SettingsPanel.tsx').then(({ SettingsPanel: Panel }) => ({ default: Panel })),
)

export interface PanelEntry {
  readonly Icon: Icon
  readonly Panel: ComponentType<{ readonly onClose: () => void }>
  /** A panel that is a table, and needs no map beside it. */
  readonly width?: 'wide'
}

/** Every panel of the left side, by hand; the order is that of the rail, and who sees which stands in rights.ts. */
export const PANEL_ENTRIES: Record<PanelName, PanelEntry> = {
  live: { Icon: IconActivityHeartbeat, Panel: LivePanel },
  mine: { Icon: IconUserCheck, Panel: MinePanel },
  intake: { Icon: IconInbox, Panel: IntakePanel },
  dispatch: { Icon: IconSend2, Panel: DispatchPanel },
  unit: { Icon: IconTool, Panel: UnitPanel },
  closing: { Icon: IconChecklist, Panel: ClosingPanel },
  desk: { Icon: IconBorderOuter, Panel: BorderPanel },
  supervision: { Icon: IconEyeExclamation, Panel: SupervisionPanel },
  events: { Icon: IconListDetails, Panel: EventsPanel },
  disputes: { Icon: IconHeartHandshake, Panel: DisputesPanel },
  grids: { Icon: IconLayoutGrid, Panel: GridsPanel },
  planning: { Icon: IconPolygon, Panel: PlanningPanel },
  rules: { Icon: IconBook2, Panel: RulesPanel, width: 'wide' },
  people: { Icon: IconUsersGroup, Panel: PeoplePanel, width: 'wide' },
  audit: { Icon: IconFileSearch, Panel: AuditPanel, width: 'wide' },
  settings: { Icon: IconSettings, Panel: SettingsPanel },
}
