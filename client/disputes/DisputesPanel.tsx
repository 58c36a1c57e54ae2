import { useEffect, useMemo, useState } from 'react'
import { ActionIcon, Loader, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import rowsCss from '../ui/rows.module.css'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import css from './disputes.module.css'
import { DisputeLine, LINE_HEIGHT } from './DisputeLine.tsx'
import { DisputesBar } from './DisputesBar.tsx'
import { useAsked, useDisputePages } from './queries.ts'
import { RegisterForm } from './RegisterForm.tsx'

/** The dispute files that this person may see, masked; and the form for a new one. */
export function DisputesPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const [isRegistering, setRegistering] = useState(false)
  if (isRegistering) {
    return (
      <Panel title={t('disputes.register')} onClose={() => setRegistering(false)}>
        <RegisterForm onClose={() => setRegistering(false)} />
      </Panel>
    )
  }
  return <ListPanel onClose={onClose} onRegister={() => setRegistering(true)} />
}

interface ListProps {
  readonly onClose: () => void
  readonly onRegister: () => void
}

function ListPanel({ onClose, onRegister }: ListProps) {
  const { t, number, language } = useLocal()
  const asked = useAsked()
  const pages = useDisputePages(asked)
  const page = pages.data?.pages.at(-1)
  return (
    <Panel
      title={t('disputes.title')}
      note={
        page
          ? `${t('disputes.total', { count: page.total, n: number(page.total) })} · ${t('disputes.figures', page.counts)}`
          : t('state.loading')
      }
      actions={
        <>
          <Select
            size="xs"
            w={language === 'en' ? 122 : 104}
            aria-label={t('disputes.sort')}
            allowDeselect={false}
            value={asked.sort}
            onChange={(value) => useAsked.setState({ sort: value === 'newest' ? 'newest' : 'due' })}
            data={[
              { value: 'due', label: t('disputes.byDue') },
              { value: 'newest', label: t('disputes.byNewest') },
            ]}
          />
          <ActionIcon onClick={onRegister} aria-label={t('disputes.register')} title={t('disputes.register')}>
            <IconPlus size={18} />
          </ActionIcon>
        </>
      }
      onClose={onClose}
    >
      <DisputesBar />
      {pages.isError && !pages.data ? (
        <Failure error={pages.error} retry={() => void pages.refetch()} />
      ) : null}
      {pages.isPending ? <RowsComing /> : null}
      {pages.data ? <Rows pages={pages} /> : null}
      <p className={css['private']}>{t('disputes.private')}</p>
    </Panel>
  )
}

function Rows({ pages }: { readonly pages: ReturnType<typeof useDisputePages> }) {
  const { t } = useLocal()
  const now = useNow(LIGHT_SECONDS)
  const selection = useView((view) => view.selection)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  useEffect(() => {
    useListing.setState({ items: rows.map(({ id }) => ({ kind: 'dispute', id })) })
  }, [rows])
  if (rows.length === 0) {
    return (
      <div className={css['grow']}>
        <Empty title={t('disputes.empty')} note={t('disputes.emptyHint')} />
      </div>
    )
  }
  return (
    <RowList
      label={t('disputes.title')}
      items={rows}
      total={data?.pages.at(-1)?.total ?? rows.length}
      keyOf={(row) => row.id}
      heightOf={() => LINE_HEIGHT}
      activeIndex={rows.findIndex(({ id }) => selection.kind === 'dispute' && id === selection.id)}
      onEnd={() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
      }}
      render={(row) => <DisputeLine row={row} now={now} />}
      footer={
        <div className={rowsCss['footer']}>
          {hasNextPage ? <Loader size="xs" type="dots" color="gray" /> : t('disputes.end')}
        </div>
      }
    />
  )
}
