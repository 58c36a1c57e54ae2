import { IconArrowsDiff } from '@tabler/icons-react'
import { ROLES, type Role } from '#contract/accounts'
import { RIGHTS } from '#rules/accounts'
import { useLocal } from '../i18n/local.ts'
import { Scroll, Section } from '../ui/Panel.tsx'
import css from './people.module.css'

/** Who may do what: the very table by which the server decides. */
export function RightsTable() {
  const { t } = useLocal()
  return (
    <Scroll>
      <Section heading={t('people.table')}>
        <p className={css['note']}>{t('people.tableNote')}</p>
        <table className={css['rights']}>
          <tbody>
            {RIGHT_NAMES.map((right) => (
              <tr key={right}>
                <th scope="row">{t(`right.${right}`)}</th>
                <td>
                  <Holders roles={RIGHTS[right]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={css['apart']}>
          <IconArrowsDiff size={17} stroke={1.6} aria-hidden />
          <span>{t('people.apart')}</span>
        </p>
      </Section>
    </Scroll>
  )
}

const RIGHT_NAMES = Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]

function Holders({ roles }: { readonly roles: readonly Role[] }) {
  const { t } = useLocal()
  if (ROLES.every((role) => roles.includes(role))) return t('people.everyone')
  return (
    <span className={css['holders']}>
      {roles.map((role) => (
        <span key={role}>{t(`role.${role}`)}</span>
      ))}
    </span>
  )
}
