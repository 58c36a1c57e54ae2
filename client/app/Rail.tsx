import { UnstyledButton } from '@mantine/core'
import { IconMapPinPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useLive } from '../data/live.ts'
import { PANELS, useView, type PanelName } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { PANEL_ENTRIES } from './panels.tsx'
import css from './rail.module.css'

/** The way between panels, and the one thing that everybody does: report. */
export function Rail() {
  const { t } = useLocal()
  const mode = useView((view) => view.mode)
  const set = useView((view) => view.set)
  return (
    <nav className={css['rail']} aria-label={t('app.navigation')}>
      <UnstyledButton
        className={css['report']}
        aria-pressed={mode === 'report'}
        onClick={() => set({ mode: mode === 'report' ? 'browse' : 'report', selection: { kind: 'none' } })}
      >
        <IconMapPinPlus size={22} stroke={1.8} aria-hidden />
        <span>{t('panel.report')}</span>
      </UnstyledButton>
      {PANELS.map((name) => (
        <Entry key={name} name={name} />
      ))}
    </nav>
  )
}

function Entry({ name }: { readonly name: PanelName }) {
  const { t } = useLocal()
  const panel = useView((view) => view.panel)
  const set = useView((view) => view.set)
  const { Icon } = PANEL_ENTRIES[name]
  return (
    <UnstyledButton
      className={css['entry']}
      data-name={name}
      aria-current={panel === name ? 'page' : undefined}
      onClick={() => set({ panel: panel === name ? null : name })}
    >
      <Icon size={21} stroke={1.6} aria-hidden />
      <span>{t(`panel.${name}`)}</span>
      {name === 'desk' ? <Waiting /> : null}
    </UnstyledButton>
  )
}

/** How many events wait for a grid. */
function Waiting() {
  const { t } = useLocal()
  const open = useLive((live) => live.open)
  const count = useMemo(() => [...open.values()].filter((row) => row.gridId === null).length, [open])
  if (count === 0) return null
  return (
    <span className={css['waiting']} title={t('figure.borderDesk')}>
      {count}
    </span>
  )
}
