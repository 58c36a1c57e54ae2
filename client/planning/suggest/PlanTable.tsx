import type { Suggestion } from '#geo/balance/suggest'
import { useLocal } from '../../i18n/local.ts'
import { closely } from './planwords.ts'
import { useSearch } from './search.ts'
import css from './suggest.module.css'

/** The same plans as the points of the curve, in numbers. */
export function PlanTable({ suggestion }: { readonly suggestion: Suggestion }) {
  const { t, number } = useLocal()
  const { plans, before, households } = suggestion
  const picked = useSearch((search) => search.picked)
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th scope="col">{t('suggest.pick')}</th>
          <th scope="col">{t('suggest.moved')}</th>
          <th scope="col">{t('suggest.worst')}</th>
          <th scope="col">{t('suggest.rms')}</th>
          <th scope="col">{t('suggest.cuts')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('suggest.now')}</th>
          <td>0</td>
          <td>{closely(before.own.worst)}</td>
          <td>{closely(before.own.rms)}</td>
          <td>0</td>
        </tr>
        {plans.map(({ moved, balance, cuts }, i) => (
          <tr key={`${moved} ${balance.own.worst}`} data-picked={i === picked}>
            <th scope="row">
              <label>
                <input
                  type="radio"
                  name="suggest-row"
                  checked={i === picked}
                  onChange={() => useSearch.setState({ picked: i })}
                />
                {t('suggest.plan', { n: i + 1 })}
              </label>
            </th>
            <td>
              {number(moved)} <small>{closely(households > 0 ? moved / households : 0)}</small>
            </td>
            <td>{closely(balance.own.worst)}</td>
            <td>{closely(balance.own.rms)}</td>
            <td>{number(cuts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
