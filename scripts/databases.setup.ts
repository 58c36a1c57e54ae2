import { layGround } from './ground.ts'

/** Before the tests that need databases, unless scripts/test.ts has made them. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env['WANGGE_TEST_PG'] !== undefined) return async () => {}
  const { env, stop } = await layGround()
  Object.assign(process.env, env)
  return stop
}
