import type { Bound } from '#contract/accounts'
import { useGridsById, useSubdistrict, useUnitName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'

/** More grids than these are counted, not named. */
const NAMED = 2

/** Where a duty reaches, in words. */
export function useBoundWords(): (bound: Bound) => string {
  const { t, either } = useLocal()
  const unitName = useUnitName()
  const grids = useGridsById()
  const communities = useSubdistrict().data?.communities ?? []
  return (bound) => {
    switch (bound.kind) {
      case 'subdistrict':
        return t('bound.subdistrict')
      case 'community': {
        const found = communities.find(({ code }) => code === bound.community)
        return found ? either(found.name, found.nameEn) : bound.community
      }
      case 'unit':
        return unitName(bound.unit)
      case 'grids': {
        const names = bound.grids.map((id) => grids.get(id)).filter((grid) => grid !== undefined)
        if (bound.grids.length > NAMED || names.length < bound.grids.length)
          return t('bound.grids', { count: bound.grids.length })
        return names.map(({ name, nameEn }) => either(name, nameEn)).join(t('bound.and'))
      }
    }
  }
}
