import type { FastifyInstance } from 'fastify'
import { cookieOf, tokenOf } from '../http/cookie.ts'
import { mount, type Handler, type MountOptions } from '../http/mount.ts'
import type { Endpoint } from '../http/contract.ts'
import { signIn, signInDemo, type Caller, type Door, type Entered } from './actions/entry.ts'
import { isFirst, makeFirst } from './actions/first.ts'
import type { AccountsGate } from './actions/gate.ts'
import { changePassword, endMine, listMine, readMine, signOut } from './actions/mine.ts'
import { changePerson, createPerson, listPeople } from './actions/people.ts'
import * as contract from './contract.ts'
import { SESSION_MS } from './rules/sessions.ts'
import { listButtons, listUnits } from './store.ts'

export interface AccountOptions extends Door {
  readonly gate: Pick<AccountsGate, 'forget'>
  /** Only TLS is spoken. */
  readonly secure: boolean
}

type From = Parameters<Handler<Endpoint>>[0]['from']
type AnswerWith = Parameters<Handler<Endpoint>>[0]['answerWith']

const OWN: MountOptions = { write: 'own-transaction' }

export function accountRoutes(app: FastifyInstance, { gate, secure, ...door }: AccountOptions): void {
  const callerOf = ({ headers, address }: From): Caller => ({
    token: tokenOf(headers, secure),
    address,
    agent: headers['user-agent'] ?? '',
  })
  const setCookie = (answerWith: AnswerWith, from: From, token: string | null) =>
    answerWith('set-cookie', cookieOf(token, { secure: secure || from.secure, maxAgeS: SESSION_MS / 1000 }))
  /** After a commit that changed who may come in: the next request must not find what was known before. */
  const forgetting = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer
    } finally {
      gate.forget()
    }
  }
  const letIn = async (answerWith: AnswerWith, from: From, entering: Promise<Entered>) => {
    const { me, token } = await forgetting(entering)
    setCookie(answerWith, from, token)
    return me
  }

  mount(app, contract.listUnits, ({ ctx }) => listUnits(ctx.db))
  mount(app, contract.readDoor, async ({ ctx }) => ({
    firstRun: await isFirst(ctx.db, door),
    demo: door.demo ? await listButtons(ctx.db) : [],
  }))
  mount(
    app,
    contract.signIn,
    ({ ctx, body, from, answerWith }) => letIn(answerWith, from, signIn(ctx, body, callerOf(from), door)),
    OWN,
  )
  mount(
    app,
    contract.signInDemo,
    ({ ctx, body, from, answerWith }) =>
      letIn(answerWith, from, signInDemo(ctx, body.login, callerOf(from), door)),
    OWN,
  )
  mount(
    app,
    contract.startUp,
    ({ ctx, body, from, answerWith }) => letIn(answerWith, from, makeFirst(ctx, body, callerOf(from), door)),
    OWN,
  )
  mount(
    app,
    contract.signOut,
    async ({ ctx, from, answerWith }) => {
      const done = await forgetting(signOut(ctx, callerOf(from)))
      setCookie(answerWith, from, null)
      answerWith('clear-site-data', '"cookies"')
      return done
    },
    OWN,
  )
  mount(app, contract.readMe, ({ ctx, from }) => readMine(ctx, callerOf(from)))
  mount(app, contract.listSessions, ({ ctx, from }) => listMine(ctx, callerOf(from)))
  mount(
    app,
    contract.endSession,
    ({ ctx, body, from }) => forgetting(endMine(ctx, body.id, callerOf(from))),
    OWN,
  )
  mount(
    app,
    contract.changePassword,
    ({ ctx, body, from }) => forgetting(changePassword(ctx, body, callerOf(from), door)),
    OWN,
  )
  mount(app, contract.listAccounts, ({ ctx }) => listPeople(ctx))
  mount(app, contract.createAccount, ({ ctx, body }) => forgetting(createPerson(ctx, body, door)), OWN)
  mount(
    app,
    contract.changeAccount,
    ({ ctx, params, body }) => forgetting(changePerson(ctx, params.id, body, door)),
    OWN,
  )
}
