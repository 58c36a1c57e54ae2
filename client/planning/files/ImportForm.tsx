import { useState } from 'react'
import { Button, Checkbox, FileButton, Select, TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import type { FileReport } from '#contract/planning'
import { CRS_NAMES, type Crs } from '#geo/crs-names'
import type { PlanRef } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { Refused } from '../../ui/Refused.tsx'
import { useSentence } from '../../ui/States.tsx'
import css from './files.module.css'
import { MOST_MB, useCheck, useTake, type Reading } from './queries.ts'
import { Report } from './Report.tsx'

const ACCEPTED = '.zip,.geojson,.json,.topojson,.gpkg,.kml,.kmz,.csv'

/** Boundaries from outside: read and told first, taken as a draft only when that is asked for. */
export function ImportForm({ from }: { readonly from: PlanRef }) {
  const { t } = useLocal()
  const sentence = useSentence()
  const [file, setFile] = useState<File | null>(null)
  const [reading, setReading] = useState<Reading>({})
  const [name, setName] = useState('')
  const check = useCheck()
  const take = useTake()
  const isTooBig = file !== null && file.size > MOST_MB * 1024 * 1024
  const error = check.error ?? take.error

  function look(chosen: File | null, how: Reading): void {
    setFile(chosen)
    setReading(how)
    take.reset()
    check.reset()
    if (!chosen || chosen.size > MOST_MB * 1024 * 1024) return
    if (chosen !== file) setName(chosen.name.replace(/\.[a-z.]+$/i, '').slice(0, 80))
    check.mutate({ file: chosen, from, reading: how })
  }

  return (
    <Section heading={t('files.in')}>
      <div className={css['form']}>
        <p className={css['note']}>{t('files.inNote', { mb: MOST_MB })}</p>
        <FileButton onChange={(chosen) => look(chosen, {})} accept={ACCEPTED}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={check.isPending}
              leftSection={<IconFileImport size={14} aria-hidden />}
            >
              {file?.name ?? t('files.choose')}
            </Button>
          )}
        </FileButton>
        <Refused title={t('files.refused')} why={isTooBig ? t('files.tooBig', { mb: MOST_MB }) : null} />
        <Refused title={t('files.refused')} why={error ? sentence(error) : null} />
        {file && check.data ? (
          <>
            <Ways report={check.data} reading={reading} onChange={(how) => look(file, how)} />
            <Report report={check.data} />
            <TextInput
              size="xs"
              label={t('files.name')}
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              size="xs"
              disabled={!check.data.ready || name.trim() === ''}
              loading={take.isPending}
              onClick={() => take.mutate({ file, from, reading, name })}
            >
              {t('files.take')}
            </Button>
          </>
        ) : null}
      </div>
    </Section>
  )
}

interface WaysProps {
  readonly report: FileReport
  readonly reading: Reading
  readonly onChange: (reading: Reading) => void
}

/** What the numbers are read as, and whether small faults are put right: the file is read again with each. */
function Ways({ report, reading, onChange }: WaysProps) {
  const { t } = useLocal()
  if (report.crs === null) return null
  const shifts = new Map(report.readings.map((one) => [one.crs, one]))
  const label = (crs: Crs): string => {
    const shift = shifts.get(crs)
    return shift
      ? t('files.crsOff', { crs: t(`files.crs.${crs}`), off: Math.round(shift.offM) })
      : t(`files.crs.${crs}`)
  }
  const isRepairable = report.faults.some(({ severity }) => severity === 'repairable')
  return (
    <>
      <Select
        size="xs"
        label={t('files.readAs')}
        description={t('files.readAsNote')}
        allowDeselect={false}
        value={report.crs}
        data={CRS_NAMES.map((value) => ({ value, label: label(value) }))}
        onChange={(value) => {
          const crs = CRS_NAMES.find((known) => known === value)
          if (crs) onChange({ ...reading, crs })
        }}
      />
      {isRepairable || reading.repair ? (
        <Checkbox
          size="xs"
          label={t('files.repair')}
          description={t('files.repairNote')}
          checked={reading.repair === 'yes'}
          onChange={({ currentTarget: { checked } }) => {
            const { repair: _, ...rest } = reading
            onChange(checked ? { ...rest, repair: 'yes' } : rest)
          }}
        />
      ) : null}
    </>
  )
}
