/** The database cannot be used, and a person must hear why: one sentence in Chinese, one in English. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal'
  readonly code: RefusalCode
  readonly zh: string
  readonly en: string

  constructor(code: RefusalCode, zh: string, en: string, options?: ErrorOptions) {
    super(`${zh} ${en}`, options)
    this.code = code
    this.zh = zh
    this.en = en
  }
}

export type RefusalCode =
  | 'locked'
  | 'closed'
  | 'cannot-open'
  | 'unreachable'
  | 'too-old'
  | 'newer-than-program'
  | 'migration-changed'
  | 'migration-failed'
