import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconMapPin } from '@tabler/icons-react'
import type { FileFault, FileReport } from '#contract/planning'
import { useLocal } from '../../i18n/local.ts'
import { fly } from '../../map/fly.ts'
import { Fact, Facts } from '../../ui/Panel.tsx'
import css from './files.module.css'

const SHOWN = 50

/** What a file was found to be, and what it would change. */
export function Report({ report }: { readonly report: FileReport }) {
  const { t, number } = useLocal()
  const { format, encoding, namedAs, readings, crs, grids, faults, repaired } = report
  const chosen = readings.find((reading) => reading.crs === crs)
  return (
    <div className={css['report']}>
      <output className={css['verdict']} data-ready={report.ready}>
        {report.ready ? (
          <IconCircleCheck size={16} aria-hidden />
        ) : (
          <IconAlertTriangle size={16} aria-hidden />
        )}
        {t(report.ready ? 'files.ready' : 'files.notReady')}
      </output>
      <Facts>
        <Fact label={t('files.what')}>
          {t('files.whatIs', {
            format: t(`files.format.${format}`),
            encoding: encoding.toUpperCase(),
            count: grids,
            n: number(grids),
          })}
        </Fact>
        {crs === null ? null : <Fact label={t('files.says')}>{namedAs ?? t('files.saysNothing')}</Fact>}
        {chosen ? <Fact label={t('files.shift')}>{t('files.shiftIs', shiftOf(chosen))}</Fact> : null}
        {repaired ? (
          <Fact label={t('files.repaired')}>
            {t('files.repairedIs', {
              count: repaired.places,
              area: number(repaired.areaM2),
              joined: repaired.joined,
            })}
          </Fact>
        ) : null}
        <Fact label={t('files.changes')}>
          <Changes report={report} />
        </Fact>
      </Facts>
      {faults.length > 0 ? (
        <ul className={css['faults']} aria-label={t('files.faults')}>
          {faults.slice(0, SHOWN).map((fault, i) => (
            <FaultLine key={`${fault.code} ${i}`} fault={fault} />
          ))}
        </ul>
      ) : null}
      {faults.length > SHOWN ? (
        <p className={css['note']}>{t('files.moreFaults', { count: faults.length - SHOWN })}</p>
      ) : null}
    </div>
  )
}

function shiftOf({ eastM, northM, offM }: FileReport['readings'][number]) {
  return { east: Math.round(eastM), north: Math.round(northM), off: Math.round(offM) }
}

function Changes({ report }: { readonly report: FileReport }) {
  const { t, number } = useLocal()
  const { begins, ends, reshaped, moved, outside } = report
  const said = [
    reshaped > 0 ? t('files.reshaped', { count: reshaped }) : null,
    moved > 0 ? t('files.moved', { count: moved }) : null,
    begins.length > 0 ? t('files.begins', { count: begins.length, codes: some(begins) }) : null,
    ends.length > 0 ? t('files.ends', { count: ends.length, codes: some(ends) }) : null,
    outside.addedM2 > 0 ? t('files.added', { area: number(outside.addedM2) }) : null,
    outside.lostM2 > 0 ? t('files.lost', { area: number(outside.lostM2) }) : null,
  ].filter((line) => line !== null)
  if (said.length === 0) return <>{t(report.ready ? 'files.same' : 'files.unknown')}</>
  return (
    <>
      {said.map((line) => (
        <span key={line} className={css['change']}>
          {line}
        </span>
      ))}
    </>
  )
}

function some(codes: readonly string[]): string {
  return codes.slice(0, 3).join('、') + (codes.length > 3 ? ' …' : '')
}

function FaultLine({ fault }: { readonly fault: FileFault }) {
  const { t, either } = useLocal()
  const { severity, grids, at, words } = fault
  const Icon = severity === 'note' ? IconInfoCircle : IconAlertTriangle
  return (
    <li data-severity={severity}>
      <Icon size={14} aria-hidden />
      <span>
        <strong>{t(`files.severity.${severity}`)}</strong> {grids.length > 0 ? `${some(grids)}：` : ''}
        {either(words.zh, words.en)}
      </span>
      {at ? (
        <UnstyledButton
          className={css['place']}
          aria-label={t('files.goThere')}
          title={t('files.goThere')}
          onClick={() => fly({ kind: 'to', center: [at[0] ?? 0, at[1] ?? 0], minZoom: 16 })}
        >
          <IconMapPin size={15} aria-hidden />
        </UnstyledButton>
      ) : null}
    </li>
  )
}
