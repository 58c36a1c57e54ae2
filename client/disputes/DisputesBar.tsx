import { Select, UnstyledButton } from '@mantine/core'
import { RISKS, type DisputeFilter, type Risk } from '#contract/disputes'
import { useLocal } from '../i18n/local.ts'
import css from './disputes.module.css'
import { useAsked, useClasses } from './queries.ts'
import { RiskMark } from './RiskMark.tsx'

/** What may be looked at; each is a whole filter of its own, to which risk and class are added. */
const SCOPES = {
  open: { state: 'open' },
  late: { due: 'late' },
  soon: { due: 'soon' },
  mine: { mine: 'yes', state: 'open' },
  ended: { state: 'ended' },
} as const satisfies Record<string, DisputeFilter>
type Scope = keyof typeof SCOPES
const NAMES = Object.keys(SCOPES) as Scope[]

function scopeOf({ state, due, mine }: DisputeFilter): Scope {
  if (mine) return 'mine'
  if (due) return due
  return state === 'ended' ? 'ended' : 'open'
}

export function DisputesBar() {
  const { t, either } = useLocal()
  const filter = useAsked((asked) => asked.filter)
  const classes = useClasses()
  const risks = filter.risk ?? []
  const scope = scopeOf(filter)
  const { risk: _risk, class: _class, ...bare } = filter
  const narrowed = (part: DisputeFilter) => useAsked.setState({ filter: part })
  const withRisk = (next: readonly Risk[]): DisputeFilter => ({
    ...bare,
    ...(filter.class && { class: filter.class }),
    ...(next.length > 0 && { risk: [...next] }),
  })
  const toggle = (risk: Risk) =>
    narrowed(withRisk(risks.includes(risk) ? risks.filter((each) => each !== risk) : [...risks, risk]))
  return (
    <div className={css['barOfFilters']}>
      <fieldset className={css['pills']} aria-label={t('disputes.show')}>
        {NAMES.map((name) => (
          <UnstyledButton
            key={name}
            className={css['pill']}
            aria-pressed={scope === name}
            onClick={() =>
              narrowed({
                ...SCOPES[name],
                ...(filter.risk && { risk: filter.risk }),
                ...(filter.class && { class: filter.class }),
              })
            }
          >
            {t(`disputes.${name}`)}
          </UnstyledButton>
        ))}
      </fieldset>
      <fieldset className={css['pills']} aria-label={t('disputes.risk')}>
        {RISKS.toReversed().map((risk) => (
          <UnstyledButton
            key={risk}
            className={css['pill']}
            aria-pressed={risks.includes(risk)}
            aria-label={t(`risk.${risk}`)}
            title={`${t(`risk.${risk}`)} · ${t(`riskHint.${risk}`)}`}
            onClick={() => toggle(risk)}
          >
            <RiskMark risk={risk} size={14} />
          </UnstyledButton>
        ))}
        <Select
          size="xs"
          className={css['classes'] ?? ''}
          aria-label={t('disputes.class')}
          placeholder={t('disputes.allClasses')}
          clearable
          value={filter.class?.[0] ?? null}
          onChange={(value) =>
            narrowed({ ...bare, ...(filter.risk && { risk: filter.risk }), ...(value && { class: [value] }) })
          }
          data={classes.map(({ code, name }) => ({ value: code, label: either(name.zh, name.en) }))}
        />
      </fieldset>
    </div>
  )
}
