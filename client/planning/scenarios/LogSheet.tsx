import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import type { LogLine } from '#contract/planning'
import { sentenceOf } from '#geo/plan/refusals'
import { serverNow } from '../../data/live.ts'
import { useLocal } from '../../i18n/local.ts'
import { exactWords } from '../../i18n/span.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { flyTo, usePointed } from '../impact/pointed.ts'
import { useKeyName, useOpWords } from '../opwords.ts'
import { usePlanning, type Outcome } from '../session.ts'
import css from './scenarios.module.css'
import { standingsOf, type Standing } from './standings.ts'
import { goTo, opOf, placeOfOp } from './travel.ts'

/** Lines at first; more are a press away. */
const FEW = 60

/** All that was done with the open draft, newest first; any line can be gone back to. */
export function LogSheet() {
  const { t } = useLocal()
  const log = usePlanning((planning) => planning.log)
  const head = usePlanning((planning) => planning.head)
  const fromName = usePlanning((planning) => planning.scenario?.fromName)
  const [shown, setShown] = useState(FEW)
  const [outcome, setOutcome] = useState<Outcome>({ ok: true })
  const canEdit = usePlanning(({ saving }) => saving !== 'readonly' && saving !== 'conflict')
  const standings = standingsOf(log, head)
  const lines = log.toReversed()
  if (log.length === 0) return <Empty title={t('scenarios.log.empty')} note={t('scenarios.log.emptyHint')} />
  const go = canEdit ? (seq: number) => setOutcome(goTo(seq)) : null
  return (
    <Scroll>
      <Section heading={t('scenarios.log.title')} aside={t('scenarios.log.count', { count: log.length })}>
        <Fault outcome={outcome} />
        <ol className={css['log']} aria-label={t('scenarios.log.title')}>
          {lines.slice(0, shown).map((line) => (
            <Line key={line.seq} line={line} standing={standings.get(line.seq) ?? 'side'} go={go} />
          ))}
          {shown >= lines.length ? (
            <li data-standing={head === 0 ? 'here' : 'past'}>
              <span className={css['what']}>{t('scenarios.log.start', { name: fromName ?? '' })}</span>
              {head === 0 ? <span className={css['here']}>{t('scenarios.log.here')}</span> : null}
              {go && head !== 0 ? (
                <Button size="compact-xs" variant="subtle" onClick={() => go(0)}>
                  {t('scenarios.log.go')}
                </Button>
              ) : null}
            </li>
          ) : null}
        </ol>
        {shown < lines.length ? (
          <Button size="xs" variant="default" onClick={() => setShown(shown + 200)}>
            {t('scenarios.conflict.more', { count: lines.length - shown })}
          </Button>
        ) : null}
      </Section>
    </Scroll>
  )
}

interface LineProps {
  readonly line: LogLine
  readonly standing: Standing
  readonly go: ((seq: number) => void) | null
}

function Line({ line, standing, go }: LineProps) {
  const { t } = useLocal()
  const wordsOf = useOpWords()
  const draft = usePlanning((planning) => planning.draft)
  const words = wordsOf(line.op)
  const place = draft && placeOfOp(draft, opOf(line.op))
  const at = exactWords(t, Date.parse(line.at), serverNow())
  return (
    <li
      data-standing={standing}
      onPointerEnter={() => usePointed.setState({ pointed: place && { points: [place], words } })}
      onPointerLeave={() => usePointed.setState({ pointed: null })}
    >
      {place ? (
        <button
          type="button"
          className={css['place']}
          aria-label={t('scenarios.log.place', { what: words })}
          title={t('scenarios.log.place', { what: words })}
          onClick={() => flyTo([place])}
        >
          <IconMapPin size={15} aria-hidden />
        </button>
      ) : null}
      <span className={css['what']}>
        {words}
        <small>{t('scenarios.decide.by', { by: line.by ?? t('scenarios.log.unknown'), at })}</small>
      </span>
      {standing === 'here' ? <span className={css['here']}>{t('scenarios.log.here')}</span> : null}
      {standing === 'next' ? <span className={css['faint']}>{t('scenarios.log.undone')}</span> : null}
      {standing === 'side' ? <span className={css['faint']}>{t('scenarios.log.side')}</span> : null}
      {go && standing !== 'here' ? (
        <Button size="compact-xs" variant="subtle" onClick={() => go(line.seq)}>
          {t(standing === 'past' ? 'scenarios.log.go' : 'scenarios.log.again')}
        </Button>
      ) : null}
    </li>
  )
}

function Fault({ outcome }: { readonly outcome: Outcome }) {
  const { t, either } = useLocal()
  const nameOf = useKeyName()
  if (outcome.ok) return null
  const { zh, en } = sentenceOf(outcome, nameOf)
  return (
    <p className={css['fault']} role="alert">
      {t('scenarios.log.refused', { why: either(zh, en) })}
    </p>
  )
}
