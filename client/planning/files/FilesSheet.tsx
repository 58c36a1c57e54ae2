import { useState } from 'react'
import { Button } from '@mantine/core'
import { IconFileExport, IconPrinter, IconTable } from '@tabler/icons-react'
import { exportFile, FILE_FORMATS, type FileFormat } from '#contract/planning'
import { searchOf } from '../../data/api.ts'
import { useMay } from '../../data/me.ts'
import { useLocal } from '../../i18n/local.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { usePlanning } from '../session.ts'
import { AdjustmentTable } from './AdjustmentTable.tsx'
import { Boards } from './Boards.tsx'
import css from './files.module.css'
import { ImportForm } from './ImportForm.tsx'

type Printed = 'none' | 'boards' | 'adjustment'

/** A plan on its way out and in: files, notice boards for the grids, the table for filing, and boundaries from outside. */
export function FilesSheet() {
  const { t } = useLocal()
  const origin = usePlanning((planning) => planning.origin)
  const mayEdit = useMay('plans.write')
  const [printed, setPrinted] = useState<Printed>('none')
  if (!origin) return null
  const address = (format: FileFormat) => `${exportFile.path}?${searchOf({ ...origin, format })}`
  const done = () => setPrinted('none')
  return (
    <Scroll>
      <Section heading={t('files.out')}>
        <p className={css['note']}>{t('files.outNote')}</p>
        <div className={css['formats']}>
          {FILE_FORMATS.map((format) => (
            <Button
              key={format}
              component="a"
              href={address(format)}
              download
              size="xs"
              variant="default"
              leftSection={
                format === 'assignments' ? (
                  <IconTable size={14} aria-hidden />
                ) : (
                  <IconFileExport size={14} aria-hidden />
                )
              }
            >
              {t(`files.format.${format}`)}
            </Button>
          ))}
        </div>
      </Section>
      <Section heading={t('files.paper')}>
        <p className={css['note']}>{t('files.paperNote')}</p>
        <div className={css['formats']}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPrinter size={14} aria-hidden />}
            onClick={() => setPrinted('boards')}
          >
            {t('files.boards')}
          </Button>
          {origin.kind === 'scenario' ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPrinter size={14} aria-hidden />}
              onClick={() => setPrinted('adjustment')}
            >
              {t('files.adjustment')}
            </Button>
          ) : null}
        </div>
      </Section>
      {mayEdit ? <ImportForm from={origin} /> : null}
      {printed === 'boards' ? <Boards onDone={done} /> : null}
      {printed === 'adjustment' ? <AdjustmentTable onDone={done} /> : null}
    </Scroll>
  )
}
