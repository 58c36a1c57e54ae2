import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Bound, Role } from '#contract/accounts'
import { BOUNDS } from '#rules/accounts'
import { useGrids, useSubdistrict, useUnits } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { ROLE_GROUPS } from '../ui/roles.ts'
import css from './people.module.css'
import { draftOf, withRole, type Draft } from './people.ts'

interface EditorProps {
  readonly drafts: readonly Draft[]
  readonly onChange: (drafts: readonly Draft[]) => void
  /** What is wrong, and with which of them; with none for all. */
  readonly fault: { readonly at: number | null; readonly why: string } | null
}

/** What somebody may do and where: a role and a place each. */
export function DutyEditor({ drafts, onChange, fault }: EditorProps) {
  const { t } = useLocal()
  const replace = (at: number, draft: Draft) => onChange(drafts.map((each, k) => (k === at ? draft : each)))
  return (
    <div className={css['duties']}>
      {drafts.map((draft, at) => (
        // Duties have no identity before they are saved, and their order does not change.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={css['duty']} data-faulty={fault?.at === at}>
          <RoleField role={draft.role} onChange={(role) => replace(at, withRole(draft, role))} />
          <ActionIcon
            aria-label={t('people.removeDuty')}
            title={t('people.removeDuty')}
            onClick={() => onChange(drafts.filter((_, k) => k !== at))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
          <div className={css['place']}>
            <KindField draft={draft} onChange={(kind) => replace(at, { ...draft, kind })} />
            <PlaceField draft={draft} onChange={(part) => replace(at, { ...draft, ...part })} />
          </div>
          {fault?.at === at ? <p className={css['fault']}>{fault.why}</p> : null}
        </div>
      ))}
      {fault && fault.at === null ? <p className={css['fault']}>{fault.why}</p> : null}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...drafts, draftOf('acceptor')])}
      >
        {t('people.addDuty')}
      </Button>
    </div>
  )
}

function RoleField({ role, onChange }: { readonly role: Role; readonly onChange: (role: Role) => void }) {
  const { t } = useLocal()
  const all: readonly Role[] = ROLE_GROUPS.flatMap(({ roles }) => [...roles])
  return (
    <Select
      size="xs"
      aria-label={t('people.role')}
      allowDeselect={false}
      value={role}
      onChange={(value) => onChange(all.find((each) => each === value) ?? role)}
      data={ROLE_GROUPS.map(({ name, roles }) => ({
        group: t(`roleGroup.${name}`),
        items: roles.map((value) => ({ value, label: t(`role.${value}`) })),
      }))}
    />
  )
}

interface KindProps {
  readonly draft: Draft
  readonly onChange: (kind: Bound['kind']) => void
}

function KindField({ draft, onChange }: KindProps) {
  const { t } = useLocal()
  const kinds = BOUNDS[draft.role]
  return (
    <Select
      size="xs"
      aria-label={t('people.boundKind')}
      allowDeselect={false}
      disabled={kinds.length === 1}
      value={draft.kind}
      onChange={(value) => onChange(kinds.find((each) => each === value) ?? draft.kind)}
      data={kinds.map((value) => ({ value, label: t(`people.kinds.${value}`) }))}
    />
  )
}

interface PlaceProps {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

function PlaceField({ draft, onChange }: PlaceProps) {
  const { t, either } = useLocal()
  const communities = useSubdistrict().data?.communities ?? []
  const grids = useGrids().data?.features ?? []
  const units = useUnits()
  if (draft.kind === 'subdistrict') return <span />
  const nothingFoundMessage = t('people.nothing')
  if (draft.kind === 'community') {
    return (
      <Select
        size="xs"
        searchable
        aria-label={t('people.chooseCommunity')}
        placeholder={t('people.chooseCommunity')}
        nothingFoundMessage={nothingFoundMessage}
        value={draft.community}
        onChange={(community) => onChange({ community })}
        data={communities.map(({ code, name, nameEn }) => ({ value: code, label: either(name, nameEn) }))}
      />
    )
  }
  if (draft.kind === 'unit') {
    return (
      <Select
        size="xs"
        searchable
        aria-label={t('people.chooseUnit')}
        placeholder={t('people.chooseUnit')}
        nothingFoundMessage={nothingFoundMessage}
        value={draft.unit}
        onChange={(unit) => onChange({ unit })}
        data={units.map(({ code, name }) => ({ value: code, label: either(name.zh, name.en) }))}
      />
    )
  }
  return (
    <MultiSelect
      size="xs"
      searchable
      hidePickedOptions
      aria-label={t('people.chooseGrids')}
      placeholder={draft.grids.length === 0 ? t('people.chooseGrids') : ''}
      nothingFoundMessage={nothingFoundMessage}
      value={draft.grids.map(String)}
      onChange={(ids) => onChange({ grids: ids.map(Number) })}
      data={grids.map(({ id, properties: { code, name, nameEn } }) => ({
        value: String(id),
        label: `${either(name, nameEn)} ${code.slice(-3)}`,
      }))}
    />
  )
}
