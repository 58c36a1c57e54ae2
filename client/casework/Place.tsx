import { Button, UnstyledButton } from '@mantine/core'
import type { Case } from '#contract/casework'
import type { GridEvent } from '#contract/events'
import { movesFor } from '#rules/casework'
import { mayPlace } from '#rules/events'
import { useGridName } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Fact, Facts, Section } from '../ui/Panel.tsx'
import { Why } from '../ui/Why.tsx'
import css from './detail.module.css'
import { useOwnerWords } from './NeighbourField.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import { openMove } from './work.ts'

/** Where it is, whose that is and why; on a border both owners, and the form of those who give it its grid. */
export function Place({ event, work }: OwnersProps) {
  const { t } = useLocal()
  const gridName = useGridName()
  const set = useView((view) => view.set)
  const showGrid = (id: number) => set({ selection: { kind: 'grid', id } })
  const { grid, position, accuracyM } = event
  const actor = useActor()
  const isStray = event.gridId === null || (event.rule === 'person' && event.closedAt === null)
  return (
    <>
      <Section heading={t('detail.place')}>
        <Facts>
          <Fact label={t('detail.address')}>{event.address ?? t('events.noAddress')}</Fact>
          <Fact label={t('detail.grid')}>
            {grid ? (
              <UnstyledButton className={css['link']} onClick={() => showGrid(grid.id)}>
                {gridName(grid.id) ?? grid.name}
              </UnstyledButton>
            ) : (
              t('events.noGrid')
            )}
          </Fact>
          <Fact label={t('detail.position')}>
            {position.map((degrees) => degrees.toFixed(6)).join(', ')}
            {accuracyM === null ? '' : ` · ${t('detail.accuracyM', { metres: accuracyM })}`}
          </Fact>
        </Facts>
        <h4 className={css['why']}>{grid ? t('rule.why') : t('rule.whyNone')}</h4>
        <Why placement={event.placement} grid={grid} accuracyM={accuracyM} onGrid={showGrid} />
        <Owners event={event} work={work} />
      </Section>
      {isStray && mayPlace(actor) ? (
        <Section heading={t('desk.place')}>
          <PlaceForm event={event} />
        </Section>
      ) : null}
    </>
  )
}

interface OwnersProps {
  readonly event: GridEvent
  readonly work: Case | undefined
}

/** Where more than one grid may be meant: all of them with who answers for each, and a press that asks the other to take it. */
function Owners({ event, work }: OwnersProps) {
  const { t } = useLocal()
  const words = useOwnerWords()
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const reachM = event.accuracyM ?? 0
  const others = event.placement.candidates.filter(
    ({ id, distanceM }) => id !== event.gridId && distanceM <= reachM,
  )
  if (event.gridId === null || others.length === 0) return null
  const choices = work ? movesFor({ event, work }, actor, now) : []
  const canAsk = choices.some(({ move, verdict }) => move === 'askHandover' && verdict.ok)
  return (
    <div className={css['owners']}>
      <h4 className={css['why']}>{t('work.bothOwners')}</h4>
      <ul>
        <li>{words(event.gridId)}</li>
        {others.map(({ id }) => (
          <li key={id}>
            {words(id)}
            {canAsk ? (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => openMove(event.id, 'askHandover', { gridId: id })}
              >
                {t('work.handOver')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}
