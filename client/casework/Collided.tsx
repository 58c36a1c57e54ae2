import { Alert } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './moves.module.css'
import { useStepWords } from './History.tsx'
import type { Collision } from './work.ts'

/** Two people acted at once and the other was first: what he or she did, and that nothing typed is lost. */
export function Collided({ collision }: { readonly collision: Collision }) {
  const { t } = useLocal()
  const now = useNow(60)
  const { actor, step } = useStepWords()
  const { last } = collision
  return (
    <Alert
      className={css['collision'] ?? ''}
      color="yellow"
      variant="light"
      p={8}
      icon={<IconUsers size={18} />}
      title={t('work.conflict')}
    >
      {last
        ? t('work.conflictBy', {
            who: actor(last),
            at: exactWords(t, Date.parse(last.at), now),
            step: step(last.step),
          })
        : t('work.conflictUnknown')}
    </Alert>
  )
}
