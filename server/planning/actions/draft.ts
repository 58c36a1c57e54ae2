import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import { PLANS } from '../../trail/rules.ts'
import { append } from '../../trail/store.ts'
import type { Role } from '../../accounts/contract.ts'
import type { Scenario } from '../contract.ts'
import { findScenario, type StoredScenario } from '../store.ts'

/** The draft, or the refusal of one that does not exist. */
export async function mustFind(
  db: Ctx['db'],
  id: number,
  find: (db: Ctx['db'], id: number) => Promise<StoredScenario | null> = findScenario,
): Promise<StoredScenario> {
  const scenario = await find(db, id)
  if (scenario) return scenario
  throw refuse('not-found', { zh: '没有这个方案。', en: 'There is no such draft.' }, { field: '/id' })
}

/** As it crosses the wire. */
export function shownOf(stored: StoredScenario): Scenario {
  const { head: _head, headId: _id, basePlan: _plan, ...scenario } = stored
  return scenario
}

/** Tells of a change of a draft; what is beside its state stays in the trail. */
export async function tell(
  { db, actor, now }: Ctx,
  verb: string,
  scenario: Pick<Scenario, 'id' | 'version' | 'status'>,
  { role, ...more }: { readonly role: Role } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const { id, version, status } = scenario
  await append(db, [
    {
      step: `scenario.${verb}`,
      subject: `scenario/${id}`,
      actor: actor.id,
      role,
      at: now,
      audience: [PLANS],
      data: { id, version, status, ...more },
    },
  ])
}
