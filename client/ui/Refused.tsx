import css from './form.module.css'

/** Why a form was not accepted, where no field of it is to blame. */
export function Refused({ title, why }: { readonly title: string; readonly why: string | null }) {
  if (why === null) return null
  return (
    <div className={css['refused']} role="alert">
      <strong>{title}</strong>
      <p>{why}</p>
    </div>
  )
}
