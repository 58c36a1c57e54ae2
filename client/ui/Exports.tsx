import { useState } from 'react'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv, IconPrinter } from '@tabler/icons-react'
import type { EventFilter, EventRow } from '#contract/events'
import { exportEvents } from '#contract/exports'
import { searchOf } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import { PrintSheet } from './PrintSheet.tsx'

interface ExportsProps {
  readonly title: string
  /** As many as the list says; the file has as many rows. */
  readonly total: number
  /** What the list shows, as the server would find it; null where no one filter says it. */
  readonly filter: EventFilter | null
  /** The filter in words, for the head of the print. */
  readonly conditions: string
  /** The rows to print. */
  readonly rows: () => Promise<readonly EventRow[]>
}

/** A list as a file or on paper, with the number of its rows. */
export function Exports({ title, total, filter, conditions, rows }: ExportsProps) {
  const { t, number, language } = useLocal()
  const [printed, setPrinted] = useState<readonly EventRow[] | null>(null)
  const count = t('export.rows', { count: total, n: number(total) })
  const file = (format: 'csv' | 'xlsx') => `${exportEvents.path}?${searchOf({ ...filter, format, language })}`
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={t('export.menu')} title={t('export.menu')} disabled={total === 0}>
            <IconDownload size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{count}</Menu.Label>
          {filter ? (
            <>
              <Menu.Item
                component="a"
                href={file('csv')}
                download
                leftSection={<IconFileTypeCsv size={16} aria-hidden />}
              >
                {t('export.csv')}
              </Menu.Item>
              <Menu.Item
                component="a"
                href={file('xlsx')}
                download
                leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
              >
                {t('export.xlsx')}
              </Menu.Item>
            </>
          ) : null}
          <Menu.Item
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => void rows().then(setPrinted, () => {})}
          >
            {t('export.print')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {printed ? (
        <PrintSheet
          title={title}
          conditions={conditions}
          rows={printed}
          total={total}
          onDone={() => setPrinted(null)}
        />
      ) : null}
    </>
  )
}
