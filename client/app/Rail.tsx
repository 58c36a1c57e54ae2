import { UnstyledButton } from '@mantine/core'
import { IconMapPinPlus } from '@tabler/icons-react'
import { allows } from '#rules/accounts'
import { useDeskCounts } from '../casework/counts.ts'
import { useActor } from '../data/me.ts'
import { useView, type PanelName } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { useWaitingDrafts } from '../planning/scenarios/waiting.ts'
import { PANEL_ENTRIES } from './panels.tsx'
import css from './rail.module.css'
import { panelFor, panelsOf } from './rights.ts'

/** The way between the panels that this person may use, and the one thing that most people do: report. */
export function Rail() {
  const { t } = useLocal()
  const actor = useActor()
  const mode = useView((view) => view.mode)
  const asked = useView((view) => view.panel)
  const set = useView((view) => view.set)
  const counts: Partial<Record<PanelName, number>> = { ...useDeskCounts(), planning: useWaitingDrafts() }
  const shown = panelFor(asked, actor)
  return (
    <nav className={css['rail']} aria-label={t('app.navigation')}>
      {allows(actor, 'events.report') ? (
        <UnstyledButton
          className={css['report']}
          aria-pressed={mode === 'report'}
          onClick={() => set({ mode: mode === 'report' ? 'browse' : 'report', selection: { kind: 'none' } })}
        >
          <IconMapPinPlus size={22} stroke={1.8} aria-hidden />
          <span>{t('panel.report')}</span>
        </UnstyledButton>
      ) : null}
      <div className={css['entries']}>
        {panelsOf(actor).map((name) => (
          <Entry key={name} name={name} isShown={shown === name} count={counts[name] ?? 0} />
        ))}
      </div>
    </nav>
  )
}

interface EntryProps {
  readonly name: PanelName
  readonly isShown: boolean
  readonly count: number
}

const MOST = 999

function Entry({ name, isShown, count }: EntryProps) {
  const { t } = useLocal()
  const set = useView((view) => view.set)
  const { Icon } = PANEL_ENTRIES[name]
  return (
    <UnstyledButton
      className={css['entry']}
      data-name={name}
      aria-current={isShown ? 'page' : undefined}
      onClick={() => set({ panel: isShown ? null : name })}
    >
      <Icon size={21} stroke={1.6} aria-hidden />
      <span>{t(`panel.${name}`)}</span>
      {count > 0 ? (
        <span className={css['waiting']} data-testid={`waiting-${name}`}>
          {count > MOST ? `${MOST}+` : count}
        </span>
      ) : null}
    </UnstyledButton>
  )
}
