import type { FastifyInstance } from 'fastify'
import { mount } from '../http/mount.ts'
import { edit, open, rename } from './actions.ts'
import { comment, comments, resolve } from './actions/comments.ts'
import { check, take, write } from './actions/files.ts'
import { shownOf } from './actions/draft.ts'
import { drawingOfPlan, fork } from './actions/fork.ts'
import { moveOn } from './actions/move.ts'
import { countBack } from './actions/backcast.ts'
import { sites } from './actions/sites.ts'
import { openStudio } from './actions/studio.ts'
import {
  addComment,
  backcast,
  editScenario,
  forkScenario,
  listComments,
  listPlans,
  moveScenario,
  readPlanDrawing,
  readScenario,
  readSites,
  renameScenario,
  resolveComment,
  type Drawing,
} from './contract.ts'
import { checkFile, exportFile, importFile } from './contract/files.ts'
import { listPlans as findPlans, listScenarios } from './store.ts'

export function planningRoutes(app: FastifyInstance): void {
  const studio = openStudio()
  mount(app, listPlans, async ({ ctx: { db } }) => ({
    plans: await findPlans(db),
    scenarios: (await listScenarios(db)).map(shownOf),
  }))
  mount(app, readScenario, ({ ctx, params }) => open(ctx, params.id))
  mount(app, readPlanDrawing, async ({ ctx, params }) => (await drawingOfPlan(ctx, params.id)) as Drawing)
  mount(app, readSites, ({ ctx }) => sites(ctx.db, ctx.now))
  mount(app, forkScenario, ({ ctx, body }) => fork(ctx, studio, body))
  mount(app, editScenario, ({ ctx, params, body }) => edit(ctx, studio, params.id, body))
  mount(app, renameScenario, ({ ctx, params, body }) => rename(ctx, params.id, body))
  mount(app, moveScenario, ({ ctx, params, body }) => moveOn(ctx, studio, params.id, body))
  mount(app, listComments, ({ ctx, params }) => comments(ctx, params.id))
  mount(app, addComment, ({ ctx, params, body }) => comment(ctx, params.id, body))
  mount(app, resolveComment, ({ ctx, params }) => resolve(ctx, params.id, params.comment))
  mount(app, backcast, ({ ctx, query }) => countBack(ctx, studio, query))
  mount(app, checkFile, ({ ctx, query, file }) => check(ctx, studio, query, file), {
    write: 'own-transaction',
  })
  mount(app, importFile, ({ ctx, query, file }) => take(ctx, studio, query, file), {
    write: 'own-transaction',
  })
  mount(app, exportFile, ({ ctx, query }) => write(ctx, studio, query))
}
