import { inject } from 'vitest'

/** Address of the built console that this worker's files have to themselves, one after the other. */
export function consoleUrl(): string {
  const urls = inject('consoleUrls')
  const url = urls[(Number(process.env['VITEST_POOL_ID']) - 1) % urls.length]
  if (url === undefined) throw new Error('no console here: run the test with vitest --project browser')
  return url
}
