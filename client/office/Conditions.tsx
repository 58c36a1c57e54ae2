import { useMemo, useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconSearch, IconUpload } from '@tabler/icons-react'
import { exportConditions, type Condition, type ConditionDraft } from '#contract/deadlines'
import type { Category } from '#contract/events'
import { useCategories, useConditions } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { RowList } from '../ui/RowList.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import { ConditionForm } from './ConditionForm.tsx'
import { ConditionView } from './ConditionView.tsx'
import { ImportSheet } from './ImportSheet.tsx'
import css from './rules.module.css'
import { byClass, draftOf, nextOf } from './rules.ts'

type Item =
  | { readonly kind: 'class'; readonly category: Category }
  | { readonly kind: 'condition'; readonly condition: Condition }

type Side =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'import' }
  | { readonly kind: 'view'; readonly id: number }
  | { readonly kind: 'edit'; readonly draft: ConditionDraft; readonly of: Condition | null }

const FILES = ['csv', 'xlsx'] as const
const CLASS_LINE = 32
const LINE = 44
const NONE: readonly Condition[] = []

export function Conditions({ mayWrite }: { readonly mayWrite: boolean }) {
  const { t } = useLocal()
  const [text, setText] = useState('')
  const [side, setSide] = useState<Side>({ kind: 'nothing' })
  const list = useConditions()
  const categories = useCategories()
  const all = list.data ?? NONE
  const classes = useMemo(() => byClass(all, categories, text), [all, categories, text])
  const items = useMemo(() => itemsOf(classes), [classes])
  const count = items.length - classes.length
  const isOpen = ({ id }: Condition) =>
    (side.kind === 'view' && side.id === id) || (side.kind === 'edit' && side.of?.id === id)
  return (
    <div className={css['split']} data-side={side.kind}>
      <div className={css['main']}>
        <div className={css['bar']}>
          <TextInput
            size="xs"
            className={css['search'] ?? ''}
            leftSection={<IconSearch size={15} aria-hidden />}
            aria-label={t('rules.search')}
            placeholder={t('rules.search')}
            maxLength={60}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span className={css['total']}>
            {t('rules.total', { count, n: count, classes: classes.length })}
          </span>
          <Files mayWrite={mayWrite} onImport={() => setSide({ kind: 'import' })} />
        </div>
        {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isPending ? <RowsComing /> : null}
        {list.data ? (
          <RowList
            label={t('rules.conditions')}
            items={items}
            keyOf={(item) => (item.kind === 'class' ? item.category.code : item.condition.id)}
            heightOf={(item) => (item.kind === 'class' ? CLASS_LINE : LINE)}
            activeIndex={items.findIndex((item) => item.kind === 'condition' && isOpen(item.condition))}
            render={(item) =>
              item.kind === 'class' ? (
                <ClassLine category={item.category} />
              ) : (
                <Line
                  condition={item.condition}
                  isOpen={isOpen(item.condition)}
                  onOpen={() => setSide({ kind: 'view', id: item.condition.id })}
                />
              )
            }
            footer={items.length === 0 ? <Empty title={t('rules.none')} /> : null}
          />
        ) : null}
      </div>
      <div className={css['side']}>
        <SideView side={side} all={all} mayWrite={mayWrite} onSide={setSide} />
      </div>
    </div>
  )
}

interface SideProps {
  readonly side: Side
  readonly all: readonly Condition[]
  readonly mayWrite: boolean
  readonly onSide: (side: Side) => void
}

function SideView({ side, all, mayWrite, onSide }: SideProps) {
  const { t } = useLocal()
  const back = () => onSide({ kind: 'nothing' })
  if (side.kind === 'import') return <ImportSheet onClose={back} />
  if (side.kind === 'edit')
    return (
      <ConditionForm
        key={`${side.draft.category} ${side.draft.ordinal}`}
        start={side.draft}
        of={side.of}
        onClose={back}
      />
    )
  const shown = side.kind === 'view' ? all.find(({ id }) => id === side.id) : undefined
  if (!shown) return <Empty title={t('rules.choose')} note={t('rules.chooseNote')} />
  const last = all
    .filter(({ category }) => category === shown.category)
    .reduce((a, b) => (b.ordinal > a.ordinal ? b : a), shown)
  return (
    <ConditionView
      condition={shown}
      onClose={back}
      onEdit={mayWrite ? () => onSide({ kind: 'edit', draft: draftOf(shown), of: shown }) : null}
      onAdd={mayWrite ? () => onSide({ kind: 'edit', draft: nextOf(last), of: null }) : null}
    />
  )
}

function Files({ mayWrite, onImport }: { readonly mayWrite: boolean; readonly onImport: () => void }) {
  const { t } = useLocal()
  return (
    <>
      {FILES.map((format) => (
        <Button
          key={format}
          component="a"
          href={`${exportConditions.path}?format=${format}`}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          aria-label={`${t('rules.export')} ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {mayWrite ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUpload size={14} aria-hidden />}
          onClick={onImport}
        >
          {t('rules.import')}
        </Button>
      ) : null}
    </>
  )
}

function ClassLine({ category }: { readonly category: Category }) {
  const { either } = useLocal()
  return (
    <div className={css['class']}>
      <span>{either(category.name.zh, category.name.en)}</span>
      <span>{category.code}</span>
    </div>
  )
}

interface LineProps {
  readonly condition: Condition
  readonly isOpen: boolean
  readonly onOpen: () => void
}

function Line({ condition, isOpen, onOpen }: LineProps) {
  const { t, either } = useLocal()
  const { ordinal, text, limit, amberShare, nearM, nearHours, proof } = condition
  return (
    <button type="button" className={css['line']} aria-current={isOpen} onClick={onOpen}>
      <span className={css['ordinal']}>{ordinal}</span>
      <span className={css['text']}>{either(text.zh, text.en)}</span>
      <span className={css['limit']}>{t(`limit.${limit.unit}`, { count: limit.amount })}</span>
      <span className={css['dim']}>{t('rules.amberAt', { percent: Math.round(amberShare * 100) })}</span>
      <span className={css['dim']}>
        {nearM > 0 ? t('rules.nearAt', { metres: nearM, hours: nearHours }) : t('rules.nearNone')}
      </span>
      <span className={css['dim']}>{t(`rules.proofs.${proof}`)}</span>
    </button>
  )
}

function itemsOf(classes: ReturnType<typeof byClass>): readonly Item[] {
  return classes.flatMap(({ category, conditions }): Item[] => [
    { kind: 'class', category },
    ...conditions.map((condition) => ({ kind: 'condition' as const, condition })),
  ])
}
