import type { Words } from '#contract/http'
import { useLocal } from '../i18n/local.ts'
import css from './foot.module.css'

interface ShutProps {
  readonly summary: string
  readonly choices: readonly {
    readonly move: string
    readonly name: Words
    readonly verdict: { readonly ok: true } | { readonly ok: false; readonly why: Words }
  }[]
}

/** What is theirs but not possible now, each with its reason. */
export function Shut({ summary, choices }: ShutProps) {
  const { either } = useLocal()
  if (choices.length === 0) return null
  return (
    <details className={css['shut']}>
      <summary>{summary}</summary>
      <dl>
        {choices.flatMap(({ move, name, verdict }) =>
          verdict.ok
            ? []
            : [
                <dt key={`${move} name`}>{either(name.zh, name.en)}</dt>,
                <dd key={move}>{either(verdict.why.zh, verdict.why.en)}</dd>,
              ],
        )}
      </dl>
    </details>
  )
}
