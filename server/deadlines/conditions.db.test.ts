import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import type { Condition, ConditionDraft, ImportAnswer } from './contract.ts'
import { behindWall } from '../http/store.ts'
import { actorWith } from '../accounts/testing.ts'
import { findCondition, findConditions } from './store.ts'
import { rulesApi } from './testing.ts'

const draftOf = ({ id: _id, version: _version, ...draft }: Condition): ConditionDraft => draft

onBothDatabases('filing conditions', (database) => {
  let admin: FastifyInstance
  beforeAll(async () => {
    admin = await rulesApi(database(), 'administrator')
  })

  const list = async (): Promise<Condition[]> => (await admin.inject('/api/conditions')).json()
  const one = async (category: string, ordinal = 1): Promise<Condition> => {
    const found = (await list()).find((item) => item.category === category && item.ordinal === ordinal)
    if (!found) throw new Error(`no condition ${category}-${ordinal}`)
    return found
  }
  const save = (items: unknown[], reason = '按新规定') =>
    admin.inject({ method: 'POST', url: '/api/conditions', payload: { items, reason } })
  const steps = async (subject: string) =>
    (
      await database().db.execute<{ step: string; role: string; data: Record<string, unknown> }>(
        sql`select step, role, data from steps where subject = ${subject} order by xid, seq`,
      )
    ).rows

  test('are listed by class and order', async () => {
    const all = await list()
    expect(all.length).toBeGreaterThan(85)
    expect(all.slice(0, 2)).toMatchObject([
      {
        category: '01-01',
        ordinal: 1,
        version: 1,
        limit: { amount: 2, unit: 'ud', counting: 'elapsed' },
        proof: 'photo',
      },
      { category: '01-01', ordinal: 2, limit: { amount: 15, unit: 'wd' }, amberShare: 0.5, nearHours: 24 },
    ])
  })

  test('a change is a new version; the old one stays what it was', async () => {
    const old = await one('01-12')
    const longer = { ...draftOf(old), limit: { ...old.limit, amount: 3 } }
    const untouched = draftOf(await one('01-13'))
    expect((await save([longer, untouched])).json()).toEqual({ changed: 1, unchanged: 1 })
    const next = await one('01-12')
    expect(next).toEqual({ ...longer, id: next.id, version: 2 })
    expect(next.id).not.toBe(old.id)
    expect(await findCondition(database().db, old.id)).toEqual(old)
    expect(await findConditions(database().db, ['01-12', 'no such'])).toEqual(new Map([['01-12', [next]]]))
    expect(await steps('rule/01-12-1')).toEqual([
      {
        step: 'rule.changed',
        role: 'administrator',
        data: { condition: next, before: old, reason: '按新规定' },
      },
    ])
    expect(await steps('rule/01-13-1')).toEqual([])
    const { rows } = await database().db.execute(
      sql`select limit_amount as amount, limit_unit as unit from categories where code = '01-12'`,
    )
    expect(rows).toEqual([{ amount: 3, unit: 'wh' }])
  })

  test('saved twice is changed once, and one at a time', async () => {
    const draft = { ...draftOf(await one('01-14')), nearM: 77 }
    const answers = await Promise.all([save([draft]), save([draft])])
    expect(answers.map((answer) => answer.json().changed).toSorted((a, b) => a - b)).toEqual([0, 1])
    expect((await one('01-14')).version).toBe(2)
  })

  test('a class may get another', async () => {
    const draft = { ...draftOf(await one('01-17')), ordinal: 2, text: { zh: ' 大面积\n脏乱 ', en: 'Large' } }
    expect((await save([draft])).json()).toEqual({ changed: 1, unchanged: 0 })
    expect(await one('01-17', 2)).toMatchObject({ version: 1, text: { zh: '大面积 脏乱', en: 'Large' } })
  })

  test.each([
    ['an unknown class', { category: '99-99' }, '/items/0/category'],
    ['a gap in the order', { ordinal: 9 }, '/items/0/ordinal'],
    [
      'hours from the next day',
      { limit: { amount: 4, unit: 'wh', counting: 'next_day' } },
      '/items/0/limit/unit',
    ],
    ['no limit', { limit: { amount: 0, unit: 'wh', counting: 'elapsed' } }, '/items/0/limit/amount'],
    ['blank words', { closing: { zh: ' ', en: 'x' } }, '/items/0/closing/zh'],
    ['a share of all', { amberShare: 1 }, '/items/0/amberShare'],
    ['an unknown field', { colour: 'red' }, '/items/0/colour'],
  ])('%s is refused', async (_, part, field) => {
    const answer = await save([{ ...draftOf(await one('02-01')), ...part }])
    expect([answer.statusCode, answer.json().field]).toEqual([400, field])
    expect(answer.json().detail).toMatch(/\p{Script=Han}/u)
    expect((await one('02-01')).version).toBe(1)
  })

  test('one faulty item refuses all', async () => {
    const draft = draftOf(await one('02-01'))
    const answer = await save([
      { ...draft, nearM: 5 },
      { ...draft, nearM: 6 },
    ])
    expect([answer.statusCode, answer.json().field]).toEqual([400, '/items/1'])
    expect((await one('02-01')).version).toBe(1)
  })

  test('are read by everybody signed in to work, written by the administrator', async () => {
    const handler = await rulesApi(database(), 'handler')
    expect((await handler.inject('/api/conditions')).statusCode).toBe(200)
    for (const url of ['/api/conditions', '/api/conditions/import', '/api/calendars']) {
      expect((await handler.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(403)
    }
  })

  test('are not rewritten even by a request that could', async () => {
    const write = (query: string) =>
      behindWall(database().db, actorWith('administrator'), (tx) => tx.execute(sql.raw(query)))
    await expect(write('update conditions set limit_amount = 99')).rejects.toThrow()
    await expect(write('delete from calendars')).rejects.toThrow()
  })

  describe('as a file', () => {
    const file = async (format: string) => {
      const answer = await admin.inject(`/api/conditions/export?format=${format}`)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-disposition']).toContain(`2026-11-23.${format}`)
      return answer.rawPayload
    }
    const bring = async (content: Buffer, format: string, dryRun?: boolean): Promise<ImportAnswer> => {
      const payload = {
        format,
        content: content.toString('base64'),
        encoding: 'base64',
        reason: '导入',
        ...(dryRun !== undefined && { dryRun }),
      }
      const answer = await admin.inject({ method: 'POST', url: '/api/conditions/import', payload })
      expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200)
      return answer.json()
    }

    test.each(['csv', 'xlsx'])('%s: what was exported changes nothing', async (format) => {
      const before = await list()
      const { changed, unchanged, rejected } = await bring(await file(format), format)
      expect([changed, rejected]).toEqual([[], []])
      expect(unchanged).toHaveLength(before.length)
      expect(await list()).toEqual(before)
    })

    test('a changed cell is a new version, a bad row says why, the rest stands', async () => {
      const lines = (await file('csv')).toString().split('\r\n')
      const at = (category: string) => lines.findIndex((line) => line.startsWith(category))
      const edit = (category: string, from: string, to: string) => {
        const n = at(category)
        lines[n] = (lines[n] ?? '').replace(from, to)
        return n + 1
      }
      const good = edit('03-02', ',1,wd 工作日,', ',2,wd 工作日,')
      const wordy = edit('03-03', ',1,wd 工作日,', ',soon,wd 工作日,')
      const dated = edit('03-04', '03-04 工地扬尘', '2026-03-04')
      const again = lines.length
      lines.splice(-1, 1, lines[good - 1] ?? '')
      const content = Buffer.from(lines.join('\r\n'))

      const before = await list()
      const tried = await bring(content, 'csv', true)
      expect(await list()).toEqual(before)
      const done = await bring(content, 'csv')
      expect(done).toEqual(tried)
      expect(done.changed).toEqual([
        { row: good, category: '03-02', ordinal: 1, version: 2, fields: ['/limit/amount'] },
      ])
      expect(done.unchanged).toHaveLength(before.length - 3)
      expect(done.rejected.map(({ row, field, column }) => [row, field, column])).toEqual([
        [wordy, '/limit/amount', '时限 limit'],
        [dated, '/category', '类别 class'],
        [again, '', ''],
      ])
      for (const { reason } of done.rejected) {
        expect(reason.zh).toMatch(/^(“|该行)[^/]+。$/u)
        expect(reason.en).toMatch(/^(Column "|The row )[^/]+\.$/)
      }
      expect(done.rejected[0]?.reason).toEqual({
        zh: '“时限”应为整数。',
        en: 'Column "limit" must be a whole number.',
      })
      expect((await one('03-02')).limit.amount).toBe(2)
      expect((await steps('rule/03-02-1')).map(({ data }) => data['reason'])).toEqual(['导入'])
    })

    test('text may be sent as it is, by Chinese headings', async () => {
      const content =
        '类别,条件序号,立案条件,立案条件(英),结案标准,结案标准(英),时限,时限单位\nG9,2,疑难事项,Hard matter,已答复,Answered,10,工作日\nG9,3,,,,,,\n'
      const answer = await admin.inject({
        method: 'POST',
        url: '/api/conditions/import',
        payload: { format: 'csv', content, reason: '补充' },
      })
      expect(answer.json()).toMatchObject({
        changed: [{ row: 2, category: 'G9', ordinal: 2, version: 1, fields: [] }],
        rejected: [{ row: 3 }],
      })
      expect(await one('G9', 2)).toMatchObject({
        limit: { amount: 10, unit: 'wd' },
        urgency: 'normal',
        proof: 'none',
      })
    })

    test.each([
      ['no headings', 'csv', 'a,b\n1,2'],
      ['no spreadsheet', 'xlsx', 'a,b\n1,2'],
    ])('%s is refused as a whole', async (_, format, content) => {
      const answer = await admin.inject({
        method: 'POST',
        url: '/api/conditions/import',
        payload: {
          format,
          content: Buffer.from(content).toString('base64'),
          encoding: 'base64',
          reason: 'x',
        },
      })
      expect([answer.statusCode, answer.json().type, answer.json().field]).toEqual([
        422,
        'urn:wangge:bad-file',
        '/content',
      ])
    })
  })
})
