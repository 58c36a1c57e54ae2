import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import type { Lattice } from '#geo/fabric'
import { toPosition } from '#geo/lattice'
import { useLocal } from '../i18n/local.ts'
import { fly } from '../map/fly.ts'
import { useProof } from './drawing.ts'
import { isWhole, type Proof } from './proof.ts'
import css from './stage.module.css'

/** That the grids tile the ground, counted after each change; and where they do not. */
export function Badge() {
  const { t, number } = useLocal()
  const proof = useProof()
  if (!proof) return null
  const { grids, gaps, overlaps, area2, outline2 } = proof
  const isGood = isWhole(proof)
  const Icon = isGood ? IconShieldCheck : IconAlertTriangle
  const words = [
    t('planning.badge.grids', { count: grids }),
    t('planning.badge.gaps', { count: gaps.length }),
    t('planning.badge.overlaps', { count: overlaps.length }),
    t(area2 === outline2 ? 'planning.badge.exact' : 'planning.badge.off'),
  ]
  return (
    <Popover width={320} position="bottom-end">
      <Popover.Target>
        <UnstyledButton className={css['badge']} data-good={isGood} data-testid="plan-badge">
          <Icon size={15} aria-hidden />
          <span>{words.join(' · ')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css['proof']}>
        <strong>{t('planning.badge.title')}</strong>
        <p>{t('planning.badge.how')}</p>
        <ul>
          <Line
            places={gaps}
            good={t('planning.badge.labels', { atoms: number(proof.atoms) })}
            bad={t('planning.badge.labelsBad', { count: gaps.length })}
          />
          <Line
            places={overlaps}
            good={t('planning.badge.crossings', { arcs: number(proof.arcs) })}
            bad={t('planning.badge.crossingsBad', { count: overlaps.length })}
          />
          <AreaLine proof={proof} />
        </ul>
        <p className={css['soft']}>
          {t('planning.badge.when', { count: proof.walked, ms: proof.ms.toFixed(1) })}
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}

interface LineProps {
  readonly places: readonly Lattice[]
  readonly good: string
  readonly bad: string
}

function Line({ places, good, bad }: LineProps) {
  const { t } = useLocal()
  const [first] = places
  if (!first) return <li data-good>{good}</li>
  return (
    <li>
      {bad}{' '}
      <UnstyledButton
        className={css['link']}
        onClick={() => fly({ kind: 'to', center: toPosition(first), minZoom: 16 })}
      >
        {t('planning.badge.show')}
      </UnstyledButton>
    </li>
  )
}

function AreaLine({ proof: { area2, outline2 } }: { readonly proof: Proof }) {
  const { t } = useLocal()
  const isExact = area2 === outline2
  return (
    <li data-good={isExact || undefined}>
      {t(isExact ? 'planning.badge.area' : 'planning.badge.areaBad')}
      <span className={css['units']}>
        {t('planning.badge.units', { sum: String(area2), outline: String(outline2) })}
      </span>
    </li>
  )
}
