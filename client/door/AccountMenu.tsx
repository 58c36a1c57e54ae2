import { useMe } from '../data/me.ts'

/** Who is signed in. */
export function AccountMenu() {
  const me = useMe()
  return me ? <span>{me.name}</span> : null
}
