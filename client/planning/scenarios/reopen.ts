import { useEffect } from 'react'
import { deskNow } from '../desk.ts'
import { usePlanning } from '../session.ts'
import { openAgain } from './queries.ts'

/** A draft that came back, returned or withdrawn, can be drawn on again by those who may: nobody has to reload for it. */
export function useReopen(): void {
  const id = usePlanning(({ scenario, saving, phase }) =>
    phase === 'open' && saving === 'readonly' && scenario?.status === 'draft' ? scenario.id : null,
  )
  useEffect(() => {
    if (id !== null && deskNow()?.worker.mayEdit) void openAgain(id)
  }, [id])
}
