import type { ComponentType } from 'react'
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
  IconSend2,
  IconSettings,
  IconTool,
  IconUserCheck,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import { ClosingPanel } from '../casework/ClosingPanel.tsx'
import {
  BorderPanel,
  DispatchPanel,
  IntakePanel,
  SupervisionPanel,
  UnitPanel,
} from '../casework/DeskPanel.tsx'
import { MinePanel } from '../casework/MinePanel.tsx'
import type { PanelName } from '../data/view.ts'
import { DisputesPanel } from '../disputes/DisputesPanel.tsx'
import { EventsPanel } from '../events/EventsPanel.tsx'
import { LivePanel } from '../events/LivePanel.tsx'
import { GridsPanel } from '../grids/GridsPanel.tsx'
import { AuditPanel } from '../office/AuditPanel.tsx'
import { PeoplePanel } from '../office/PeoplePanel.tsx'
import { RulesPanel } from '../office/RulesPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'

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
  rules: { Icon: IconBook2, Panel: RulesPanel, width: 'wide' },
  people: { Icon: IconUsersGroup, Panel: PeoplePanel, width: 'wide' },
  audit: { Icon: IconFileSearch, Panel: AuditPanel, width: 'wide' },
  settings: { Icon: IconSettings, Panel: SettingsPanel },
}
