import { LanguageChoice } from '../ui/LanguageChoice.tsx'
import { ThemeButton } from '../ui/ThemeButton.tsx'
import css from './door.module.css'

/** Language and appearance, before anybody is known. The wall is always dark. */
export function LookSwitch({ screen }: { readonly screen: 'console' | 'wall' }) {
  return (
    <div className={css['look']}>
      <LanguageChoice width="own" />
      {screen === 'wall' ? null : <ThemeButton />}
    </div>
  )
}
