import { useState, type ReactNode } from 'react'
import { IconArrowRight } from '@tabler/icons-react'
import type { GridKey } from '#geo/plan/draft'
import type { Flow } from '#geo/plan/impact'
import { useLive } from '../../data/live.ts'
import { useMay } from '../../data/me.ts'
import { useView } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { useFigures } from './figures.ts'
import css from './impact.module.css'
import { pointTo } from './pointed.ts'
import { isSeen } from './rows.ts'
import { useNameOf, useSubject } from './subject.ts'

const FEW = 8

/** What goes from which grid to which. */
export function Flows() {
  const { t } = useLocal()
  const { impact } = useSubject()
  const [isLong, setLong] = useState(false)
  const { flows } = impact
  const shown = isLong ? flows : flows.slice(0, FEW)
  return (
    <Section heading={t('impact.flows')}>
      {flows.length === 0 ? <p className={css['soft']}>{t('impact.flowsNone')}</p> : null}
      <ul className={css['list']}>
        {shown.map((flow) => (
          <li key={`${flow.from} ${flow.to}`}>
            <FlowLine flow={flow} />
          </li>
        ))}
      </ul>
      {shown.length < flows.length ? (
        <button type="button" className={css['link']} onClick={() => setLong(true)}>
          {t('impact.more', { count: flows.length - shown.length })}
        </button>
      ) : null}
      {flows.some(({ disputes }) => disputes > 0) ? (
        <p className={css['soft']}>{t('impact.disputesHint')}</p>
      ) : null}
    </Section>
  )
}

function FlowLine({ flow }: { readonly flow: Flow }) {
  const { t } = useLocal()
  const { number, fixed } = useFigures()
  const { sites } = useSubject()
  const nameOf = useNameOf()
  const { from, to, households, buildings, open, events, disputes, stations, hours } = flow
  const homes = t('impact.flow.households', { count: households, n: number(households) })
  const houses = t('impact.flow.buildings', { count: buildings.length, n: number(buildings.length) })
  const showHomes = (words: string) => () => pointTo(sites, 'buildings', buildings, words)
  return (
    <>
      <span className={css['way']}>
        <GridName gridKey={from} />
        <IconArrowRight size={14} aria-label={t('impact.to')} />
        <GridName gridKey={to} />
      </span>
      <span className={css['chips']}>
        {households > 0 ? <Chip onShow={showHomes(homes)}>{homes}</Chip> : null}
        {buildings.length > 0 ? <Chip onShow={showHomes(houses)}>{houses}</Chip> : null}
        {open.length > 0 ? <OpenEvents ids={open} /> : null}
        {events > 0 ? <span>{t('impact.flow.events', { count: events, n: number(events) })}</span> : null}
        {disputes > 0 ? (
          <span>{t('impact.flow.disputes', { count: disputes, n: number(disputes) })}</span>
        ) : null}
        {isSeen(hours, 1) ? <span>{t('impact.flow.hours', { n: fixed(hours, 1) })}</span> : null}
        {stations.map((key) => (
          <span key={key}>{t('impact.flow.station', { name: nameOf(key) })}</span>
        ))}
      </span>
    </>
  )
}

export function GridName({ gridKey }: { readonly gridKey: GridKey }) {
  const { choose } = useSubject()
  const nameOf = useNameOf()
  if (gridKey === 0) return <span>{nameOf(0)}</span>
  return (
    <button type="button" className={css['link']} onClick={() => choose(gridKey)}>
      {nameOf(gridKey)}
    </button>
  )
}

interface ChipProps {
  readonly onShow: () => void
  readonly children: string
}

function Chip({ onShow, children }: ChipProps): ReactNode {
  const { t } = useLocal()
  return (
    <button
      type="button"
      className={css['chip']}
      title={t('impact.showPlaces', { what: children })}
      onClick={onShow}
    >
      {children}
    </button>
  )
}

/** Open events by number for those who may read them; for the others how many they are. */
function OpenEvents({ ids }: { readonly ids: readonly number[] }) {
  const { t } = useLocal()
  const { number } = useFigures()
  const { sites } = useSubject()
  const canRead = useMay('events.read')
  const rows = useLive((live) => live.open)
  const set = useView((view) => view.set)
  const words = t('impact.flow.open', { count: ids.length, n: number(ids.length) })
  if (!canRead) return <span>{words}</span>
  const known = ids.flatMap((id) => rows.get(id) ?? [])
  return (
    <>
      <Chip onShow={() => pointTo(sites, 'events', ids, words)}>{words}</Chip>
      {known.slice(0, 5).map((row) => (
        <button
          key={row.id}
          type="button"
          className={css['link']}
          onClick={() => set({ selection: { kind: 'event', id: row.id } })}
        >
          {row.number}
        </button>
      ))}
    </>
  )
}
