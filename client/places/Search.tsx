import { useEffect, useState, type RefObject } from 'react'
import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconSearch } from '@tabler/icons-react'
import { search, type Hit } from '#contract/places'
import type { Position } from '#geo/geojson'
import { call } from '../data/api.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { fly } from '../map/fly.ts'
import css from './search.module.css'

const KINDS = ['event', 'grid', 'worker', 'address', 'place'] as const
const PAUSE_MS = 180
/** Close enough to see the house. */
const HOUSE_ZOOM = 16

/** One box for whatever has a place: arrows walk the answers, Enter goes there. */
export function Search({ input }: { readonly input: RefObject<HTMLInputElement | null> }) {
  const { t, either } = useLocal()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const { data: hits, isFetching } = useHits(asked)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  // The first answer is chosen as soon as there is one, so that Enter goes to it.
  const { selectFirstOption } = box
  useEffect(() => {
    if (hits?.length) selectFirstOption()
  }, [hits, selectFirstOption])

  const groups = KINDS.map((kind) => ({
    kind,
    members: (hits ?? []).filter((hit) => hit.kind === kind),
  })).filter((group) => group.members.length > 0)

  function choose(value: string): void {
    const hit = hits?.find((each) => keyOf(each) === value)
    if (!hit) return
    setText('')
    box.closeDropdown()
    input.current?.blur()
    open(hit)
  }

  return (
    <Combobox
      store={box}
      onOptionSubmit={choose}
      shadow="none"
      position="bottom-start"
      width={360}
      offset={6}
    >
      <Combobox.Target>
        <TextInput
          ref={input}
          className={css['box'] ?? ''}
          size="xs"
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={<kbd className={css['key']}>/</kbd>}
          value={text}
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          maxLength={100}
          onChange={(event) => {
            setText(event.currentTarget.value)
            box.openDropdown()
          }}
          onFocus={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={css['options'] ?? ''} aria-label={t('search.label')}>
          {groups.map(({ kind, members }) => (
            <Combobox.Group key={kind} label={t(`search.${kind}`)}>
              {members.map((hit) => (
                <Combobox.Option key={keyOf(hit)} value={keyOf(hit)}>
                  {either(hit.label, hit.labelEn)}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {groups.length === 0 ? (
            <Combobox.Empty>
              {asked === ''
                ? t('search.hint')
                : isFetching
                  ? t('state.loading')
                  : t('search.nothing', { text: asked })}
            </Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const keyOf = (hit: Hit) => `${hit.kind} ${hit.id}`

function useHits(text: string) {
  return useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => call(search, { query: { text }, signal }),
    enabled: text !== '',
    placeholderData: (before) => (text === '' ? undefined : keepPreviousData(before)),
    staleTime: 30_000,
  })
}

/** Chooses what was found and goes there; a worker is found in the grid that he or she keeps. */
function open(hit: Hit): void {
  const { set } = useView.getState()
  const [lng = 0, lat = 0] = hit.position
  const center: Position = [lng, lat]
  if (hit.kind === 'event') set({ selection: { kind: 'event', id: hit.id }, mode: 'browse' })
  if (hit.kind === 'grid' || hit.kind === 'worker')
    set({ selection: { kind: 'grid', id: hit.id }, mode: 'browse' })
  if (hit.kind === 'address' || hit.kind === 'place') fly({ kind: 'to', center, minZoom: HOUSE_ZOOM })
}
