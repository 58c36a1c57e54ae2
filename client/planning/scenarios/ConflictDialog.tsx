import { useState } from 'react'
import { Button, Loader, Modal, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { LogLine, PlanOp } from '#contract/planning'
import { sentenceOf } from '#geo/plan/refusals'
import { useLocal } from '../../i18n/local.ts'
import { useSentence } from '../../ui/States.tsx'
import { useKeyName, useOpWords } from '../opwords.ts'
import { useShowPlan } from '../queries.ts'
import { forkMine, keepMine, ownOf, takeTheirs, type Resolved } from '../resolve.ts'
import { usePlanning, type Conflict } from '../session.ts'
import type { Lost } from './rebase.ts'
import css from './scenarios.module.css'

/** Two changed the same draft: who was first, what both did, and the choice. It stays until one has chosen. */
export function ConflictDialog() {
  const { t } = useLocal()
  const saving = usePlanning((planning) => planning.saving)
  const conflict = usePlanning((planning) => planning.conflict)
  const [resolved, setResolved] = useState<Resolved | null>(null)
  const isOpen = saving === 'conflict' || resolved !== null
  if (!isOpen) return null
  const isClosed = conflict !== null && conflict.theirs.scenario.status !== 'draft'
  return (
    <Modal
      opened
      centered
      lockScroll={false}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      onClose={() => setResolved(null)}
      size={640}
      title={t(isClosed ? 'scenarios.conflict.closed' : 'scenarios.conflict.title')}
      transitionProps={{ duration: 150 }}
    >
      {resolved ? <Outcome resolved={resolved} onClose={() => setResolved(null)} /> : null}
      {!resolved && !conflict ? (
        <output className={css['buttons']}>
          <Loader size="xs" /> {t('scenarios.conflict.loading')}
        </output>
      ) : null}
      {!resolved && conflict ? (
        <Choice conflict={conflict} isClosed={isClosed} onResolved={setResolved} />
      ) : null}
    </Modal>
  )
}

interface ChoiceProps {
  readonly conflict: Conflict
  readonly isClosed: boolean
  readonly onResolved: (resolved: Resolved) => void
}

function Choice({ conflict, isClosed, onResolved }: ChoiceProps) {
  const { t, either } = useLocal()
  const scenario = usePlanning((planning) => planning.scenario)
  const [name, setName] = useState<string>(() =>
    t('scenarios.conflict.forkName', { name: scenario?.name ?? '' }).slice(0, 80),
  )
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error: unknown }>(IDLE)
  const sentence = useSentence()
  const show = useShowPlan()
  const client = useQueryClient()
  const { net } = ownOf(conflict)
  const theirs = conflict.lines.length > 0 ? conflict.lines : choicesOf(conflict)
  const { problem } = conflict

  async function fork(): Promise<void> {
    setState({ isBusy: true, error: null })
    try {
      const made = await forkMine(name.trim())
      await client.invalidateQueries({ queryKey: ['plans'] })
      if (made) show({ open: { kind: 'scenario', id: made.id } })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <>
      <p className={css['soft']}>{either(problem.detail, problem.en.detail)}</p>
      <p className={css['soft']}>
        <Who lines={theirs} />
      </p>
      <div className={css['sides']}>
        <section>
          <h3>{t('scenarios.conflict.theirs')}</h3>
          <Ops ops={theirs.map(({ op }) => op)} undone={0} />
        </section>
        <section>
          <h3>{t('scenarios.conflict.mine')}</h3>
          <Ops ops={net.ops} undone={net.undone} />
        </section>
      </div>
      <TextInput
        size="xs"
        mb={12}
        label={t('scenarios.conflict.nameOfFork')}
        maxLength={80}
        value={name}
        error={state.error === null ? null : sentence(state.error)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css['choices']}>
        {isClosed ? null : (
          <div>
            <Button fullWidth size="xs" disabled={state.isBusy} onClick={() => onResolved(keepMine())}>
              {t('scenarios.conflict.keep')}
            </Button>
            <p>{t('scenarios.conflict.keepHint')}</p>
          </div>
        )}
        <div>
          <Button fullWidth size="xs" variant="default" disabled={state.isBusy} onClick={takeTheirs}>
            {t('scenarios.conflict.take')}
          </Button>
          <p>{t('scenarios.conflict.takeHint')}</p>
        </div>
        <div>
          <Button
            fullWidth
            size="xs"
            variant="default"
            loading={state.isBusy}
            disabled={name.trim() === ''}
            onClick={() => void fork()}
          >
            {t('scenarios.conflict.fork')}
          </Button>
          <p>{t('scenarios.conflict.forkHint')}</p>
        </div>
      </div>
    </>
  )
}

const IDLE = { isBusy: false, error: null } as const

/** What the refusal itself tells of the steps of the others. */
const choicesOf = ({ problem }: Conflict): readonly LogLine[] =>
  (problem.choices ?? []).filter(
    (line): line is LogLine => typeof line === 'object' && line !== null && 'seq' in line && 'op' in line,
  )

function Who({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useLocal()
  if (lines.length === 0) return t('scenarios.conflict.whoUndid')
  const names = [...new Set(lines.map(({ by }) => by ?? t('planning.somebody')))]
  return t('scenarios.conflict.who', { by: names.join(t('scenarios.decide.and')), count: lines.length })
}

const FEW = 12

function Ops({ ops, undone }: { readonly ops: readonly PlanOp[]; readonly undone: number }) {
  const { t } = useLocal()
  const wordsOf = useOpWords()
  if (ops.length + undone === 0) return <p className={css['soft']}>{t('scenarios.conflict.none')}</p>
  return (
    <ul>
      {undone > 0 ? <li>{t('scenarios.conflict.undone', { count: undone })}</li> : null}
      {ops.slice(0, FEW).map((op, i) => (
        <li key={`${i} ${op.kind}`}>{wordsOf(op)}</li>
      ))}
      {ops.length > FEW ? <li>{t('scenarios.conflict.more', { count: ops.length - FEW })}</li> : null}
    </ul>
  )
}

function Outcome({ resolved, onClose }: { readonly resolved: Resolved; readonly onClose: () => void }) {
  const { t } = useLocal()
  const wordsOf = useOpWords()
  const whyOf = useWhy()
  const { kept, lost } = resolved
  return (
    <div className={css['stack']}>
      <p className={css['what']}>{t('scenarios.conflict.kept', { count: kept })}</p>
      {lost.length > 0 ? (
        <>
          <p className={css['warn']}>{t('scenarios.conflict.lost', { count: lost.length })}</p>
          <ul className={css['happens']}>
            {lost.map(({ op, why }, i) => (
              <li key={`${i} ${op.kind}`}>
                {wordsOf(op as unknown as PlanOp)} · {whyOf(why)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div>
        <Button size="xs" data-autofocus onClick={onClose}>
          {t('scenarios.conflict.ok')}
        </Button>
      </div>
    </div>
  )
}

function useWhy(): (why: Lost['why']) => string {
  const { t, either } = useLocal()
  const nameOf = useKeyName()
  return (why) => {
    if (why === 'changed') return t('scenarios.conflict.changedThere')
    const { zh, en } = sentenceOf(why, nameOf)
    return either(zh, en)
  }
}
