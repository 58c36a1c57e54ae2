import { UnstyledButton } from '@mantine/core'
import type { GridEvent } from '#contract/events'
import { mayPlace } from '#rules/events'
import { useGridName } from '../data/catalog.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Fact, Facts, Section } from '../ui/Panel.tsx'
import { Why } from '../ui/Why.tsx'
import css from './detail.module.css'
import { useOwnerWords } from './NeighbourField.tsx'
import { PlaceForm } from './PlaceForm.tsx'

/** Where it is, whose that is and why; on a border both owners, and the form of those who give it its grid. */
export function Place({ event }: { readonly event: GridEvent }) {
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
        <Owners event={event} />
      </Section>
      {isStray && mayPlace(actor) ? (
        <Section heading={t('desk.place')}>
          <PlaceForm event={event} />
        </Section>
      ) : null}
    </>
  )
}

/** Where more than one grid may be meant: all of them, each with who answers for it. */
function Owners({ event }: { readonly event: GridEvent }) {
  const { t } = useLocal()
  const words = useOwnerWords()
  const touched = event.placement.candidates.filter(
    ({ id, distanceM }) => id !== event.gridId && distanceM <= (event.accuracyM ?? 0),
  )
  if (event.gridId === null || touched.length === 0) return null
  return (
    <div className={css['owners']}>
      <h4 className={css['why']}>{t('work.bothOwners')}</h4>
      <ul>
        {[event.gridId, ...touched.map(({ id }) => id)].map((id) => (
          <li key={id}>{words(id)}</li>
        ))}
      </ul>
    </div>
  )
}
