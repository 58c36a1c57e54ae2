import { useEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import css from './paper.module.css'

/** What goes to the printer: nothing of the console around it. */
export function Paper({ onDone, children }: { readonly onDone: () => void; readonly children: ReactNode }) {
  const done = useRef(onDone)
  useEffect(() => {
    const end = done.current
    window.addEventListener('afterprint', end, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', end)
  }, [])
  return createPortal(<div className={css['paper']}>{children}</div>, document.body)
}
