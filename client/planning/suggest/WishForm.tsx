import { useState } from 'react'
import { Button, MultiSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import type { GridKey } from '#geo/plan/draft'
import { useView } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { percent } from '../impact/figures.ts'
import { usePlanning } from '../session.ts'
import { startSearch, useSearch } from './search.ts'
import css from './suggest.module.css'
import { useStateName } from './state.ts'

/** The slider moves over shares that planners name, not evenly. */
const SHARES = [0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5]
const AIMS = [0.05, 0.1, 0.15, 0.2]
const EFFORTS = [100, 300, 1000]
const STEPS = 10_000

/** What may change, how much of it, and the button. */
export function WishForm() {
  const { t, number } = useLocal()
  const asked = useSearch((search) => search.wish)
  const phase = useSearch((search) => search.phase)
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const sites = usePlanning((planning) => planning.sites)
  const state = useStateName()
  const chosen = useView((view) => view.plan.grid)
  const [wish, setWish] = useState(asked)
  const change = (part: Partial<typeof wish>): void => setWish({ ...wish, ...part })
  if (!draft || !meter || !sites) return null
  const households = Math.round(wish.share * meter.total().households)
  return (
    <Section>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault()
          usePlanning.getState().drop()
          startSearch(draft, sites, wish, state)
        }}
      >
        <p className={css['intro']}>{t('suggest.intro')}</p>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('suggest.scope')}
          value={wish.scope === null ? 'all' : 'some'}
          onChange={(value) =>
            change({ scope: value === 'all' ? null : new Set(communityOf(draft.grids, chosen)) })
          }
          data={[
            { value: 'all', label: t('suggest.all') },
            { value: 'some', label: t('suggest.some') },
          ]}
        />
        {wish.scope ? <Scope scope={wish.scope} onChange={(scope) => change({ scope })} /> : null}
        <label className={css['slider']}>
          <span>{t('suggest.share')}</span>
          <output>
            {t('suggest.shareOf', { share: percent(wish.share), households: number(households) })}
          </output>
          <input
            type="range"
            min={0}
            max={SHARES.length - 1}
            step={1}
            value={nearest(SHARES, wish.share)}
            aria-valuetext={t('suggest.shareOf', {
              share: percent(wish.share),
              households: number(households),
            })}
            onChange={(event) => change({ share: SHARES[Number(event.currentTarget.value)] ?? wish.share })}
          />
        </label>
        <details className={css['advanced']}>
          <summary>{t('suggest.advanced')}</summary>
          <div className={css['fields']}>
            <span>{t('suggest.aim')}</span>
            <SegmentedControl
              size="xs"
              aria-label={t('suggest.aim')}
              value={String(wish.aim)}
              onChange={(value) => change({ aim: Number(value) })}
              data={AIMS.map((aim) => ({ value: String(aim), label: percent(aim) }))}
            />
            <span>{t('suggest.effort')}</span>
            <SegmentedControl
              size="xs"
              aria-label={t('suggest.effort')}
              value={String(wish.proposals / STEPS)}
              onChange={(value) => change({ proposals: Number(value) * STEPS })}
              data={EFFORTS.map((n) => ({ value: String(n), label: t('suggest.effortOf', { n }) }))}
            />
            <span>{t('suggest.seed')}</span>
            <NumberInput
              size="xs"
              min={1}
              max={999_999}
              allowDecimal={false}
              aria-label={t('suggest.seed')}
              description={t('suggest.seedHint')}
              value={wish.seed}
              onChange={(value) => change({ seed: Number(value) || 1 })}
            />
          </div>
        </details>
        <Button
          size="xs"
          type="submit"
          leftSection={<IconScale size={15} />}
          disabled={phase === 'searching' || wish.scope?.size === 0}
        >
          {phase === 'done' ? t('suggest.again') : t('suggest.start')}
        </Button>
      </form>
    </Section>
  )
}

function nearest(values: readonly number[], value: number): number {
  return values.reduce(
    (best, one, i) => (Math.abs(one - value) < Math.abs((values[best] ?? 0) - value) ? i : best),
    0,
  )
}

interface ScopeProps {
  readonly scope: ReadonlySet<GridKey>
  readonly onChange: (scope: ReadonlySet<GridKey>) => void
}

function Scope({ scope, onChange }: ScopeProps) {
  const { t, either } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  const grids = [...(draft?.grids.values() ?? [])].toSorted((a, b) =>
    (a.code ?? '~').localeCompare(b.code ?? '~'),
  )
  return (
    <MultiSelect
      size="xs"
      searchable
      clearable
      label={t('suggest.chosen', { count: scope.size })}
      placeholder={scope.size === 0 ? t('suggest.choose') : ''}
      value={[...scope].map(String)}
      onChange={(keys) => onChange(new Set(keys.map(Number)))}
      data={grids.map(({ key, name, nameEn }) => ({ value: String(key), label: either(name, nameEn) }))}
    />
  )
}

/** The grids that the chosen one could exchange ground with: a beginning that makes sense by itself. */
function communityOf(
  grids: ReadonlyMap<GridKey, { readonly key: GridKey; readonly community: string }>,
  chosen: GridKey | null,
): readonly GridKey[] {
  const home = chosen === null ? undefined : grids.get(chosen)
  if (!home) return []
  return [...grids.values()].filter(({ community }) => community === home.community).map(({ key }) => key)
}
