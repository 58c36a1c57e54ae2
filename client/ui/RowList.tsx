import { useEffect, useRef, type ReactNode } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import css from './rows.module.css'

interface RowListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string | number
  readonly heightOf: (item: T) => number
  readonly render: (item: T, index: number) => ReactNode
  /** Kept in sight when it changes; -1 for none. */
  readonly activeIndex: number
  /** The last rows came into sight: bring more. */
  readonly onEnd?: () => void
  /** How many there are in all, where more are to come. */
  readonly total?: number
  readonly footer?: ReactNode
}

/** A list of any length, of which only the rows in sight are in the page. */
export function RowList<T>(props: RowListProps<T>) {
  const { label, items, keyOf, heightOf, render, activeIndex, onEnd, total, footer } = props
  const frame = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler here
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => sizeAt(items, index, heightOf),
    getItemKey: (index) => keyAt(items, index, keyOf),
    overscan: 8,
  })
  const visible = rows.getVirtualItems()
  const lastSeen = visible.at(-1)?.index ?? -1

  useEffect(() => {
    if (activeIndex >= 0) rows.scrollToIndex(activeIndex, { align: 'auto' })
  }, [activeIndex, rows])

  useEffect(() => {
    if (onEnd && items.length > 0 && lastSeen >= items.length - 10) onEnd()
  }, [onEnd, lastSeen, items.length])

  return (
    <div ref={frame} className={css['frame']} tabIndex={-1}>
      <ul className={css['list']} aria-label={label} style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, key, start, size }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <li
              key={key}
              className={css['item']}
              style={{ height: size, transform: `translateY(${start}px)` }}
              aria-setsize={total ?? items.length}
              aria-posinset={index + 1}
            >
              {render(item, index)}
            </li>
          )
        })}
      </ul>
      {footer}
    </div>
  )
}

function sizeAt<T>(items: readonly T[], index: number, heightOf: (item: T) => number): number {
  const item = items[index]
  return item === undefined ? 0 : heightOf(item)
}

function keyAt<T>(items: readonly T[], index: number, keyOf: (item: T) => string | number): string | number {
  const item = items[index]
  return item === undefined ? index : keyOf(item)
}
