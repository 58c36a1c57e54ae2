import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'

onBothDatabases('filing conditions as they come with the program', (database) => {
  const none = async (query: ReturnType<typeof sql>) =>
    expect((await database().db.execute(query)).rows).toEqual([])

  test('every class has a first condition with the limit that the class shows', async () => {
    await none(sql`
      select c.code from categories c left join conditions k on k.category = c.code and k.ordinal = 1
      where (c.urgency, c.limit_amount, c.limit_unit, 'elapsed')
        is distinct from (k.urgency, k.limit_amount, k.limit_unit, k.counting)`)
  })

  test('ordinals have no gap', async () => {
    await none(sql`select category from conditions group by category having max(ordinal) <> count(*)`)
  })

  test('physical classes want a photo, social ones do not', async () => {
    await none(
      sql`select category from conditions where (proof = 'photo') is distinct from (category ~ '^0[1-6]-')`,
    )
  })
})
