import { useEffect, useState } from 'react'
import { Combobox, Loader, TextInput, UnstyledButton, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconMapPin, IconMapPinOff } from '@tabler/icons-react'
import type { AddressMatch } from '#contract/places'
import type { Position } from '#geo/geojson'
import { useGridName } from '../data/catalog.ts'
import { useGesture } from '../data/gesture.ts'
import { useLocal } from '../i18n/local.ts'
import { fly } from '../map/fly.ts'
import { Failure } from '../ui/States.tsx'
import { Why } from '../ui/Why.tsx'
import css from './report.module.css'
import { parsePosition, useAddresses, useLocate } from './report.ts'

interface WhereProps {
  readonly address: string | null
  readonly onAddress: (address: string | null) => void
  readonly fault: string | null
}

const HOUSE_ZOOM = 16

/** A place by a click on the map, an address or coordinates, and at once the grid that it belongs to. */
export function WhereField({ address, onAddress, fault }: WhereProps) {
  const { t } = useLocal()
  const at = useGesture((gesture) => gesture.at)
  const point = useGesture((gesture) => gesture.point)

  function choose(position: Position, text: string | null): void {
    point(position)
    onAddress(text)
    fly({ kind: 'to', center: position, minZoom: HOUSE_ZOOM })
  }

  return (
    <>
      <AddressBox onChoose={choose} fault={fault} />
      {at ? (
        <>
          <div className={css['place']}>
            <IconMapPin size={16} aria-hidden />
            <span>
              {address ?? t('report.pointed')}
              <small>{at.map((degrees) => degrees.toFixed(6)).join(', ')}</small>
            </span>
            <UnstyledButton
              className={css['link']}
              onClick={() => {
                point(null)
                onAddress(null)
              }}
            >
              {t('report.again')}
            </UnstyledButton>
          </div>
          <Destination at={at} />
        </>
      ) : (
        <p className={css['hint']}>{t('report.pointHint')}</p>
      )}
    </>
  )
}

/** The grid before sending. */
function Destination({ at }: { readonly at: Position }) {
  const { t } = useLocal()
  const gridName = useGridName()
  const { data, error, refetch } = useLocate(at)
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) {
    return (
      <p className={css['hint']}>
        <Loader size={12} color="gray" /> {t('report.locating')}
      </p>
    )
  }
  return (
    <div className={css['destination']} data-testid="destination">
      <p className={css['goes']}>
        {data.grid ? (
          <>
            {t('report.goesTo')} <strong>{gridName(data.grid.id) ?? data.grid.name}</strong>
          </>
        ) : (
          <>
            <IconMapPinOff size={16} aria-hidden /> {t('report.goesNowhere')}
          </>
        )}
      </p>
      <Why placement={data.placement} grid={data.grid} />
    </div>
  )
}

interface BoxProps {
  readonly onChoose: (position: Position, text: string | null) => void
  readonly fault: string | null
}

function AddressBox({ onChoose, fault }: BoxProps) {
  const { t } = useLocal()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 200)
  const { data: matches, isFetching } = useAddresses(asked)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const typed = parsePosition(text)

  // The first answer is chosen as soon as there is one, so that Enter takes it.
  const { selectFirstOption } = box
  useEffect(() => {
    if (text !== '') selectFirstOption()
  }, [matches, text, selectFirstOption])

  function submit(value: string): void {
    const match = matches?.find((each) => String(each.id) === value)
    if (match) onChoose(positionOf(match), match.text)
    if (!match && typed) onChoose(typed, null)
    setText('')
    box.closeDropdown()
  }

  return (
    <Combobox store={box} onOptionSubmit={submit} shadow="none">
      <Combobox.Target>
        <TextInput
          value={text}
          placeholder={t('report.placeholder')}
          aria-label={t('report.where')}
          error={fault}
          maxLength={200}
          onChange={(event) => {
            setText(event.currentTarget.value)
            box.openDropdown()
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !typed) return
            event.preventDefault()
            submit('typed')
          }}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ''}>
        <Combobox.Options aria-label={t('report.where')}>
          {typed ? <Combobox.Option value="typed">{typed.join(', ')}</Combobox.Option> : null}
          {typed ? null : (matches ?? []).map((match) => <AddressOption key={match.id} match={match} />)}
          {!typed && matches?.length === 0 ? <Combobox.Empty>{t('report.noMatch')}</Combobox.Empty> : null}
          {!typed && !matches && isFetching ? <Combobox.Empty>{t('state.loading')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function AddressOption({ match }: { readonly match: AddressMatch }) {
  const gridName = useGridName()
  return (
    <Combobox.Option value={String(match.id)}>
      <span className={css['match']}>
        <span>{match.text}</span>
        <small>{match.grid ? (gridName(match.grid.id) ?? match.grid.name) : null}</small>
      </span>
    </Combobox.Option>
  )
}

function positionOf(match: AddressMatch): Position {
  const [lng = 0, lat = 0] = match.position
  return [lng, lat]
}
