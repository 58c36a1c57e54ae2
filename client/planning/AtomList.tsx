import { useState } from 'react'
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import type { PlanGrid } from '#geo/plan/draft'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import { neighboursOf } from './around.ts'
import { useDoing } from './doing.ts'
import { useKeyName } from './opwords.ts'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'
import { useSketch } from './tools/tool.ts'

/** The blocks of the grid with their households, to be given to a neighbour or made a grid of their own. */
export function AtomList({ grid }: { readonly grid: PlanGrid }) {
  const { t } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  usePlanning((planning) => planning.tick)
  const nameOf = useKeyName()
  const { act, fault } = useDoing()
  const [checked, setChecked] = useState<ReadonlySet<number>>(new Set())
  const [to, setTo] = useState<string | null>(null)
  const [name, setName] = useState('')
  if (!draft || !meter) return null
  const atoms = [...(draft.atomsOfGrid.get(grid.key) ?? [])].toSorted((a, b) => a - b)
  const chosen = atoms.filter((atom) => checked.has(atom))
  const settle = (done: boolean) => {
    if (!done) return
    setChecked(new Set())
    setName('')
  }
  return (
    <Section heading={t('planning.sheet.atoms')} aside={t('planning.sheet.atomsN', { count: atoms.length })}>
      <ul className={css['atoms']}>
        {atoms.map((atom) => (
          <li
            key={atom}
            onPointerEnter={() => useSketch.setState({ hot: new Set([atom]) })}
            onPointerLeave={() => useSketch.setState({ hot: new Set() })}
          >
            <Checkbox
              size="xs"
              checked={checked.has(atom)}
              label={t('planning.sheet.atom', { id: atom })}
              onChange={(event) => setChecked(toggled(checked, atom, event.currentTarget.checked))}
            />
            <span className={css['soft']}>
              {t('planning.sheet.homes', { count: meter.ofAtom(atom).households })}
            </span>
          </li>
        ))}
      </ul>
      <div className={css['inline']}>
        <Select
          size="xs"
          label={t('planning.sheet.giveTo')}
          value={to}
          onChange={setTo}
          data={neighboursOf(draft, grid.key).map(([key]) => ({ value: String(key), label: nameOf(key) }))}
        />
        <Button
          size="xs"
          variant="default"
          disabled={chosen.length === 0 || to === null}
          onClick={() => settle(act({ kind: 'paint', atoms: chosen, grid: Number(to) }))}
        >
          {t('planning.sheet.give', { count: chosen.length })}
        </Button>
      </div>
      <div className={css['inline']}>
        <TextInput
          size="xs"
          label={t('planning.sheet.newName')}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={chosen.length === 0 || name.trim() === ''}
          onClick={() => settle(act({ kind: 'make', atoms: chosen, name: name.trim(), nameEn: name.trim() }))}
        >
          {t('planning.sheet.make')}
        </Button>
      </div>
      {fault ? (
        <p className={css['fault']} role="alert">
          {fault}
        </p>
      ) : null}
    </Section>
  )
}

function toggled(set: ReadonlySet<number>, id: number, isIn: boolean): ReadonlySet<number> {
  const next = new Set(set)
  if (isIn) next.add(id)
  else next.delete(id)
  return next
}
