import { useState } from 'react'
import { Button, Select, Textarea } from '@mantine/core'
import type { Lattice } from '#geo/fabric'
import type { PlanGrid } from '#geo/plan/draft'
import type { Op } from '#geo/plan/op'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import { neighboursOf } from './around.ts'
import { lineIn, useDoing } from './doing.ts'
import { useKeyName } from './opwords.ts'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'
import { host } from './toolwork.ts'

/** Lines by their coordinates, typed or pasted: what drawing one does. */
export function LineForms({ grid }: { readonly grid: PlanGrid }) {
  const { t } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  usePlanning((planning) => planning.tick)
  const nameOf = useKeyName()
  const [other, setOther] = useState<string | null>(null)
  return (
    <>
      <Section heading={t('planning.sheet.split')}>
        <LineForm
          hint={t('planning.sheet.splitHint')}
          word={t('planning.sheet.splitDo')}
          opOf={(line) => ({ kind: 'split', grid: grid.key, line, ...host.newName(grid.key) })}
        />
      </Section>
      <Section heading={t('planning.sheet.reshape')}>
        <Select
          size="xs"
          mb={8}
          aria-label={t('planning.sheet.neighbours')}
          placeholder={t('planning.sheet.neighbours')}
          value={other}
          onChange={setOther}
          data={(draft ? neighboursOf(draft, grid.key) : []).map(([key]) => ({
            value: String(key),
            label: t('planning.sheet.borderWith', { grid: nameOf(key) }),
          }))}
        />
        <LineForm
          hint={t('planning.sheet.reshapeHint')}
          word={t('planning.sheet.reshapeDo')}
          opOf={
            other === null ? null : (line) => ({ kind: 'reshape', grids: [grid.key, Number(other)], line })
          }
        />
      </Section>
    </>
  )
}

interface LineProps {
  readonly hint: string
  readonly word: string
  readonly opOf: ((line: readonly Lattice[]) => Op) | null
}

function LineForm({ hint, word, opOf }: LineProps) {
  const { t } = useLocal()
  const [typed, setTyped] = useState('')
  const { act, fault, say } = useDoing()
  const send = () => {
    const line = lineIn(typed)
    if (!line) return say(t('planning.sheet.badLine'))
    if (opOf && act(opOf(line))) setTyped('')
  }
  return (
    <div className={css['form']}>
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={8}
        label={hint}
        value={typed}
        error={fault}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button size="xs" variant="default" disabled={typed.trim() === '' || opOf === null} onClick={send}>
          {word}
        </Button>
      </div>
    </div>
  )
}
