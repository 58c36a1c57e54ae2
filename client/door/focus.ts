import { useEffect, useRef } from 'react'

/** Puts the cursor into the first field, where that does not open a keyboard over the page. */
export function useFirstFocus() {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) input.current?.focus()
  }, [])
  return input
}
