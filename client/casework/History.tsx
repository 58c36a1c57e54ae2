import type { EventStep } from '#contract/events'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './detail.module.css'

/** What happened to the event, oldest first. */
export function History({ steps, now }: { readonly steps: readonly EventStep[]; readonly now: number }) {
  const { t } = useLocal()
  return (
    <ol className={css['history']}>
      {steps.map(({ at, step, actor, grid, reason }, k) => (
        <li key={k}>
          <span className={css['stepName']}>{stepName(t, step)}</span>
          <time dateTime={at}>{exactWords(t, Date.parse(at), now)}</time>
          <span className={css['actor']}>
            {[actorName(t, actor), grid, reason].filter((word) => word !== undefined).join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Who did it: a post of the centre, or the channel that the report came by; any other name as it is. */
function actorName(t: ReturnType<typeof useLocal>['t'], actor: string): string {
  const post: string = t(`actor.${actor}` as 'actor.system', { defaultValue: '' })
  const source: string = t(`source.${actor}` as 'source.public', { defaultValue: '' })
  return post || source || actor
}

/** A step that this console has no word for is shown as the trail has it. */
function stepName(t: ReturnType<typeof useLocal>['t'], step: string): string {
  const key = step.replace(/^event\./, '')
  const word: string = t(`step.${key}` as 'step.reported', { defaultValue: '' })
  return word || step
}
