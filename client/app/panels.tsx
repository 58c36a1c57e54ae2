import type { ComponentType } from 'react'
import {
  IconActivityHeartbeat,
  IconBorderOuter,
  IconLayoutGrid,
  IconListDetails,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
import type { PanelName } from '../data/view.ts'
import { DeskPanel } from '../events/DeskPanel.tsx'
import { EventsPanel } from '../events/EventsPanel.tsx'
import { LivePanel } from '../events/LivePanel.tsx'
import { GridsPanel } from '../grids/GridsPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'

export interface PanelEntry {
  readonly Icon: Icon
  readonly Panel: ComponentType<{ readonly onClose: () => void }>
}

/** Every panel of the left side, by hand; the order is that of the rail. */
export const PANEL_ENTRIES: Record<PanelName, PanelEntry> = {
  live: { Icon: IconActivityHeartbeat, Panel: LivePanel },
  events: { Icon: IconListDetails, Panel: EventsPanel },
  grids: { Icon: IconLayoutGrid, Panel: GridsPanel },
  desk: { Icon: IconBorderOuter, Panel: DeskPanel },
  settings: { Icon: IconSettings, Panel: SettingsPanel },
}
