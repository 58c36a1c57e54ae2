import type { EventStep } from '#contract/events'
import { useUnitName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './detail.module.css'

/** What has happened, oldest first: every line of the event's own trail, with who did it, as what, and for which unit. */
export function History({ steps, now }: { readonly steps: readonly EventStep[]; readonly now: number }) {
  const { t } = useLocal()
  const unitName = useUnitName()
  const words = useStepWords()
  return (
    <ol className={css['history']} aria-label={t('detail.history')}>
      {steps.map((line, k) => (
        <li key={k}>
          <span className={css['stepName']}>{words.step(line.step)}</span>
          <time dateTime={line.at}>{exactWords(t, Date.parse(line.at), now)}</time>
          <span className={css['actor']}>
            {[words.actor(line), line.unit === undefined ? undefined : unitName(line.unit), line.grid]
              .filter((word) => word !== undefined)
              .join(' · ')}
          </span>
          {line.reason === undefined ? null : <q className={css['reason']}>{line.reason}</q>}
        </li>
      ))}
    </ol>
  )
}

/** Words for a line of the trail; what this console has no word for is shown as the trail has it. */
export function useStepWords() {
  const { t } = useLocal()
  const word = (tree: 'actor' | 'role' | 'source' | 'step', key: string): string =>
    t(`${tree}.${key}` as 'actor.system', { defaultValue: '' })
  return {
    step: (step: string) => word('step', step.replace(/^event\./, '')) || step,
    /** The person with the role, or the post, machine or channel that it was. */
    actor: ({ actor, name, role }: EventStep): string => {
      const post = role === undefined ? '' : word('role', role) || role
      if (name !== undefined) return post === '' ? name : t('work.person', { name, role: post })
      return post || word('actor', actor) || word('role', actor) || word('source', actor) || actor
    },
  }
}
