/** What the two threads say to each other. */
export type Opening = {
  readonly folder: string
  readonly postgisBundle: URL['href']
  readonly channel: string
  /** Makes PostgreSQL say why it does not start. */
  readonly verbose?: true
}

export type ToWorker = { readonly kind: 'run'; readonly batch: Uint8Array } | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly bytes: Uint8Array }
  | { readonly kind: 'done' }
  | { readonly kind: 'lost'; readonly reason: string }
