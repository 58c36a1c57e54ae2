import { UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Candidate, GridRef, Placement } from '#contract/grids'
import { useGridName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import css from './why.module.css'

interface WhyProps {
  readonly placement: Placement
  readonly grid: GridRef | null
  readonly accuracyM?: number | null
  readonly onGrid?: (id: number) => void
}

/** Why a point belongs to its grid, in one sentence, with the grids that could have had it. */
export function Why({ placement, grid, accuracyM, onGrid }: WhyProps) {
  const { t } = useLocal()
  const sentence = useSentenceOf(placement, grid)
  const { candidates, rule } = placement
  const reaches = candidates.length > 1 && rule === 'inside' && accuracyM
  const shown = candidates.length > 1 || (rule !== 'inside' && candidates.length > 0)
  return (
    <div className={css['why']} data-rule={rule}>
      <p className={css['sentence']}>
        <IconInfoCircle size={15} aria-hidden />
        <span>{sentence}</span>
      </p>
      {reaches ? <p className={css['reach']}>{t('rule.reaches', { accuracy: accuracyM })}</p> : null}
      {shown ? (
        <ul className={css['candidates']} aria-label={t('rule.candidates')}>
          {candidates.map((candidate) => (
            <li key={candidate.id} data-chosen={candidate.id === grid?.id}>
              <CandidateLine candidate={candidate} rule={rule} onGrid={onGrid} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

interface LineProps {
  readonly candidate: Candidate
  readonly rule: Placement['rule']
  readonly onGrid: ((id: number) => void) | undefined
}

function CandidateLine({ candidate, rule, onGrid }: LineProps) {
  const { t } = useLocal()
  const gridName = useGridName()
  const metres = useMetres()
  const name = gridName(candidate.id) ?? candidate.name
  const covered = rule === 'shared-border' ? t('rule.border') : t('rule.covers')
  const distance = candidate.distanceM === 0 ? covered : metres(candidate.distanceM)
  const inner = (
    <>
      <span className={css['name']}>{name}</span>
      <span className={css['code']}>{candidate.code}</span>
      <span className={css['distance']}>{distance}</span>
    </>
  )
  if (!onGrid) return <span className={css['candidate']}>{inner}</span>
  return (
    <UnstyledButton className={css['candidate']} onClick={() => onGrid(candidate.id)}>
      {inner}
    </UnstyledButton>
  )
}

/** A distance as short as it may be. */
export function useMetres(): (metres: number) => string {
  const { t } = useLocal()
  return (metres) => {
    if (metres >= 1000) return t('rule.kilometres', { km: (metres / 1000).toFixed(1) })
    return t('rule.metres', { metres: rounded(metres) })
  }
}

/** Near a border the decimetre decides. */
const rounded = (metres: number) => (metres < 10 ? Number(metres.toFixed(1)) : Math.round(metres))

function useSentenceOf({ rule, candidates }: Placement, grid: GridRef | null): string {
  const { t } = useLocal()
  const gridName = useGridName()
  const first = candidates[0]
  const named = grid ?? first
  if (!named) return t('rule.outsideAll')
  const name = gridName(named.id) ?? named.name
  const metres = rounded(first?.distanceM ?? 0)
  switch (rule) {
    case 'inside':
      return t('rule.insideOf', { grid: name })
    case 'shared-border':
      return t('rule.sharedOf', {
        grid: name,
        count: candidates.filter((each) => each.distanceM === 0).length,
      })
    case 'near':
      return t('rule.nearOf', { grid: name, metres })
    case 'outside':
      return t('rule.outsideOf', { grid: name, metres })
    case 'person':
      return t('rule.personOf', { grid: name })
  }
}
