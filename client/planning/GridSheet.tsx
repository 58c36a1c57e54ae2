import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Scroll, Section } from '../ui/Panel.tsx'
import { usePlanning } from './session.ts'

/** The chosen grid of the open draft. */
export function GridSheet() {
  const { either } = useLocal()
  const key = useView((view) => view.plan.grid)
  const grid = usePlanning(({ draft }) => (key === null ? undefined : draft?.grids.get(key)))
  return (
    <Scroll>
      <Section>{grid ? either(grid.name, grid.nameEn) : null}</Section>
    </Scroll>
  )
}
