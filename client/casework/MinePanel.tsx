import { useEffect, useMemo, useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useLive } from '../data/live.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { EventLine, LEAD_LINE_HEIGHT } from '../ui/EventLine.tsx'
import { Panel, Scroll } from '../ui/Panel.tsx'
import { Empty, RowsComing } from '../ui/States.tsx'
import css from './desk.module.css'
import { tasksOf, type Waiting } from './tasks.ts'

const SHOWN = 8

/** What waits for this person, whoever it is, by what is to be done. */
export function MinePanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number } = useLocal()
  const open = useLive((live) => live.open)
  const loaded = useLive((live) => live.loaded)
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const waiting = useMemo(() => tasksOf(open.values(), actor, now), [open, actor, now])
  useEffect(() => {
    const items = waiting.flatMap(({ rows }) => rows.map(({ id }) => ({ kind: 'event' as const, id })))
    useListing.setState({ items })
  }, [waiting])
  const count = waiting
    .filter(({ task }) => task !== 'follow')
    .reduce((sum, { rows }) => sum + rows.length, 0)
  return (
    <Panel
      title={t('mine.title')}
      note={loaded ? t('mine.note', { count, n: number(count) }) : t('state.loading')}
      onClose={onClose}
    >
      {loaded ? (
        <Scroll>
          {waiting.map((each) => (
            <TaskList key={each.task} waiting={each} now={now} />
          ))}
          {waiting.length === 0 ? <Empty title={t('mine.empty')} note={t('mine.emptyHint')} /> : null}
        </Scroll>
      ) : (
        <RowsComing />
      )}
    </Panel>
  )
}

function TaskList({ waiting, now }: { readonly waiting: Waiting; readonly now: number }) {
  const { t, number } = useLocal()
  const [isWhole, setWhole] = useState(false)
  const { task, rows } = waiting
  const shown = isWhole ? rows : rows.slice(0, SHOWN)
  const hidden = rows.length - shown.length
  return (
    <section>
      <h3 className={css['task']} data-urgent={task === 'overdue'} style={{ margin: 0, fontSize: 13 }}>
        <span>{t(`task.${task}`)}</span>
        <span>{number(rows.length)}</span>
      </h3>
      <ul className={css['rows']} aria-label={t(`task.${task}`)}>
        {shown.map((row) => (
          <li key={row.id} style={{ height: LEAD_LINE_HEIGHT }}>
            <EventLine row={row} now={now} lead={t(`status.${row.status}`)} />
          </li>
        ))}
      </ul>
      {rows.length > SHOWN ? (
        <div className={css['taskLinks']}>
          <UnstyledButton className={css['link']} onClick={() => setWhole((was) => !was)}>
            {isWhole ? t('mine.less') : t('mine.more', { count: hidden })}
          </UnstyledButton>
        </div>
      ) : null}
    </section>
  )
}
