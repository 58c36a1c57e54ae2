import { sql, type SQL } from 'drizzle-orm'

export const msOf = (instant: SQL): SQL => sql`(extract(epoch from ${instant}) * 1000)::float8`

/** The duties of an account as a JSON list, each with the grids that its bound comes to now. */
export const dutiesOf = (account: SQL): SQL => sql`
  coalesce((
    select json_agg(json_build_object(
      'role', d.role,
      'bound', case
        when d.unit is not null then json_build_object('kind', 'unit', 'unit', d.unit)
        when d.community is not null then json_build_object('kind', 'community', 'community', d.community)
        when d.grids is not null then json_build_object('kind', 'grids', 'grids', d.grids)
        else json_build_object('kind', 'subdistrict') end,
      'grids', case
        when d.community is not null
          then coalesce((select json_agg(g.id order by g.id) from grids g where g.community = d.community), '[]')
        else coalesce(to_json(d.grids), '[]') end
      ) order by d.id)
    from duties d where d.account_id = ${account}), '[]')`
