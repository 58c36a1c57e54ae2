import { Select } from '@mantine/core'
import { useShallow } from 'zustand/react/shallow'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Scroll, Section } from '../ui/Panel.tsx'
import { Empty } from '../ui/States.tsx'
import { AtomList } from './AtomList.tsx'
import { GridForm } from './GridForm.tsx'
import { GridMeasures } from './GridMeasures.tsx'
import { LineForms } from './LineForms.tsx'
import { Neighbours } from './Neighbours.tsx'
import { useShowPlan } from './queries.ts'
import { usePlanning } from './session.ts'
import { VertexForm } from './VertexForm.tsx'

/** The chosen grid of the open draft, and everything that a gesture does without one. */
export function GridSheet() {
  const { t, either } = useLocal()
  const key = useView((view) => view.plan.grid)
  const show = useShowPlan()
  const grids = usePlanning(useShallow(({ draft }) => [...(draft?.grids.values() ?? [])]))
  const grid = grids.find((each) => each.key === key)
  const canEdit = usePlanning(({ saving }) => saving !== 'readonly' && saving !== 'conflict')
  return (
    <Scroll>
      <Section>
        <Select
          size="xs"
          searchable
          clearable
          aria-label={t('planning.sheet.choose')}
          placeholder={t('planning.sheet.choose')}
          value={grid ? String(grid.key) : null}
          onChange={(value) => show({ grid: value === null ? null : Number(value) })}
          data={grids
            .toSorted((a, b) => (a.code ?? '~').localeCompare(b.code ?? '~'))
            .map((each) => ({
              value: String(each.key),
              label: `${either(each.name, each.nameEn)} ${each.code?.slice(-3) ?? ''}`,
            }))}
        />
      </Section>
      {grid ? null : <Empty title={t('planning.sheet.none')} />}
      {grid ? <GridMeasures key={`m${grid.key}`} grid={grid} /> : null}
      {grid ? <GridForm key={`f${grid.key}`} grid={grid} canEdit={canEdit} /> : null}
      {grid ? <Neighbours key={`n${grid.key}`} grid={grid} canEdit={canEdit} /> : null}
      {grid && canEdit ? (
        <>
          <AtomList key={`a${grid.key}`} grid={grid} />
          <VertexForm key={`v${grid.key}`} grid={grid} />
          <LineForms key={`l${grid.key}`} grid={grid} />
        </>
      ) : null}
    </Scroll>
  )
}
