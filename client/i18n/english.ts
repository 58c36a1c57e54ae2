/**
 * The shape of the English words: every key of the Chinese ones, and a singular beside each plural, which Chinese does
 * not have.
 */
export type English<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : English<T[K]>
} & {
  readonly [K in keyof T & string as K extends `${infer Stem}_other` ? `${Stem}_one` : never]: string
}
