import type { Db } from '#db/open'
import type { Draft } from '#geo/plan/draft'
import { draftFrom } from '#geo/plan/drawing'
import { apply, inverseOf, type Patch } from '#geo/plan/patch'
import { pathTo, routeBetween, type Tree } from '../rules.ts'
import { listTree, readBase, readPatches, type StoredScenario } from '../store.ts'

/** A draft that stands at an operation; null is the draft as it was forked. */
interface Stand {
  readonly draft: Draft
  readonly head: number
  readonly headId: number | null
}

/** Where a scenario stands. */
type Place = Pick<StoredScenario, 'id' | 'head' | 'headId'>

/** The drafts that this process has in hand. What it keeps follows from the log alone and may be forgotten at any time. */
export interface Studio {
  /** The draft as it stands; whoever takes it has it alone and puts it back, unless something went wrong. */
  take(db: Db, scenario: Place): Promise<Draft>
  put(scenario: number, stand: Stand): void
}

const KEPT = 8

export function openStudio(): Studio {
  const kept = new Map<number, Stand>()
  return {
    async take(db, scenario) {
      const stand = kept.get(scenario.id)
      kept.delete(scenario.id)
      if (stand?.head === scenario.head && stand.headId === scenario.headId) return stand.draft
      return await caughtUp(db, scenario, stand)
    },
    put(scenario, stand) {
      kept.delete(scenario)
      kept.set(scenario, stand)
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    },
  }
}

/**
 * Brings a draft to where the scenario stands. An operation's number is never given twice, so that one which is not in the log
 * was rolled back, and with it what was kept.
 */
async function caughtUp(db: Db, { id, head }: Place, stand: Stand | undefined): Promise<Draft> {
  const nodes = await listTree(db, id)
  const tree: Tree = new Map(nodes.map(({ seq, parent }) => [seq, parent]))
  const ids = new Map(nodes.map((node) => [node.seq, node.id]))
  const isTrue = stand !== undefined && (ids.get(stand.head) ?? null) === stand.headId
  const route = isTrue ? routeBetween(tree, stand.head, head) : { back: [], forth: pathTo(tree, head) }
  const patches = await readPatches(db, id, [...route.back, ...route.forth])
  const draft = isTrue ? stand.draft : draftFrom(await readBase(db, id))
  for (const seq of route.back) apply(draft, inverseOf(patchAt(patches, seq)))
  for (const seq of route.forth) apply(draft, patchAt(patches, seq))
  return draft
}

function patchAt(patches: ReadonlyMap<number, Patch>, seq: number): Patch {
  const patch = patches.get(seq)
  if (!patch) throw new Error(`operation ${seq} has no patch`)
  return patch
}

/** Looks at a draft as it stands, without changing it. */
export async function withDraft<T>(
  studio: Studio,
  db: Db,
  scenario: Place,
  look: (draft: Draft) => T,
): Promise<T> {
  const draft = await studio.take(db, scenario)
  const seen = look(draft)
  studio.put(scenario.id, { draft, head: scenario.head, headId: scenario.headId })
  return seen
}
