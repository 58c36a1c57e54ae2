import { Button } from '@mantine/core'
import type { Case } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { movesFor } from '#rules/casework'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useNear } from '../data/event.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { spanWords } from '../i18n/span.ts'
import { EventLine, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { Section } from '../ui/Panel.tsx'
import { useMetres } from '../ui/Why.tsx'
import css from './case.module.css'
import { useMoveEvent } from './work.ts'

interface NearProps {
  readonly event: EventRow
  readonly work: Case
}

const BEFORE_DISPATCH: readonly EventRow['status'][] = ['reported', 'verifying', 'filed']

/** Likely duplicates, while there is still something to merge; one press merges this event into the other. */
export function Near({ event, work }: NearProps) {
  if (!BEFORE_DISPATCH.includes(event.status)) return null
  return <NearList event={event} work={work} />
}

function NearList({ event, work }: NearProps) {
  const { t } = useLocal()
  const actor = useActor()
  const metres = useMetres()
  const now = useNow(LIGHT_SECONDS)
  const near = useNear(event.id).data ?? []
  const { mutation } = useMoveEvent(event.id, event.version)
  const merge = movesFor({ event, work }, actor, now).find(({ move }) => move === 'merge')
  if (near.length === 0) return null
  return (
    <Section heading={t('work.nearTitle')} aside={near.length}>
      <ul className={css['cards']}>
        {near.map(({ event: other, metres: away, hours }) => (
          <li key={other.id}>
            <div style={{ height: LINE_HEIGHT, margin: '-8px -10px 4px' }}>
              <EventLine row={other} now={now} />
            </div>
            <div className={css['near']}>
              <div className={css['cardNote']}>
                {t('work.nearNote', {
                  metres: metres(away),
                  span: spanWords(t, Math.abs(hours) * 3_600_000),
                })}
              </div>
              {merge?.verdict.ok ? (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={mutation.isPending && mutation.variables.into === other.id}
                  onClick={() => mutation.mutate({ move: 'merge', into: other.id })}
                >
                  {t('work.nearMerge')}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
