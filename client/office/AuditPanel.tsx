import { useMemo, useState } from 'react'
import type { AuditLine } from '#contract/audit'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import css from './audit.module.css'
import { EVERYTHING, filterOf, peopleIn, useAudit, type Wanted } from './audit.ts'
import { AuditBar } from './AuditBar.tsx'
import { AuditFiles } from './AuditFiles.tsx'
import { AuditRow } from './AuditRow.tsx'
import { AuditStep } from './AuditStep.tsx'
import { Chain } from './Chain.tsx'

const LINE = 46
const AN_HOUR = 3600

/** The trail as an auditor reads it: what was done, by whom, and the seals that prove it is all there. */
export function AuditPanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number } = useLocal()
  const [wanted, setWanted] = useState<Wanted>(EVERYTHING)
  const [open, setOpen] = useState<AuditLine | null>(null)
  const now = useNow(AN_HOUR)
  const filter = useMemo(() => filterOf(wanted, now), [wanted, now])
  const { query, items, total } = useAudit(filter)
  const people = useMemo(() => peopleIn(items), [items])
  const change = (part: Partial<Wanted>) => setWanted({ ...wanted, ...part })
  const bringMore = () => {
    if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
  }
  return (
    <Panel
      title={t('audit.title')}
      note={
        total === undefined
          ? t('audit.hint')
          : `${t('audit.total', { count: total, n: number(total) })} · ${t('audit.hint')}`
      }
      actions={<AuditFiles filter={filter} />}
      onClose={onClose}
    >
      <div className={css['split']} data-side={open ? 'step' : 'chain'}>
        <div className={css['main']}>
          <AuditBar wanted={wanted} people={people} onChange={change} />
          {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
          {query.isPending ? <RowsComing /> : null}
          {query.data ? (
            <RowList
              label={t('audit.title')}
              items={items}
              keyOf={({ id }) => id}
              heightOf={() => LINE}
              activeIndex={items.findIndex(({ id }) => id === open?.id)}
              onEnd={bringMore}
              total={total ?? items.length}
              render={(line) => (
                <AuditRow line={line} isOpen={line.id === open?.id} onOpen={() => setOpen(line)} />
              )}
              footer={
                items.length === 0 ? <Empty title={t('audit.empty')} note={t('audit.emptyHint')} /> : null
              }
            />
          ) : null}
        </div>
        <div className={css['side']}>
          {open ? <AuditStep line={open} onClose={() => setOpen(null)} onWant={change} /> : <Chain />}
        </div>
      </div>
    </Panel>
  )
}
