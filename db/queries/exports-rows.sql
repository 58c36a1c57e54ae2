select e.id, e.category, e.status, e.source, array[st_x(e.geom), st_y(e.geom)] as position, e.address,
e.grid_id as "gridId", e.keeper_id as "keeperId", e.rule, (extract(epoch from e.occurred_at) * 1000)::float8 as "occurredAt", (extract(epoch from e.reported_at) * 1000)::float8 as "reportedAt",
(extract(epoch from e.due_at) * 1000)::float8 as "dueAt", (extract(epoch from e.amber_at) * 1000)::float8 as "amberAt", (extract(epoch from e.closed_at) * 1000)::float8 as "closedAt",
(extract(epoch from e.stage_due_at) * 1000)::float8 as "stageDueAt", e.units, e.asks, e.supervision, e.important, e.reporter_id as reporter,
e.version, json_build_object('zh', c.name_zh, 'en', c.name_en) as "categoryName",
    case when g.id is not null then json_build_object('code', g.code, 'zh', g.name, 'en', g.name_en) end as grid,
    case when m.code is not null then json_build_object('zh', m.name, 'en', m.name_en) end as community,
    coalesce((select json_agg(json_build_object('zh', u.name_zh, 'en', u.name_en) order by array_position(e.units, u.code))
      from units u where u.code = any(e.units)), '[]') as "unitNames"
  from json_array_elements_text($1::json) with ordinality as wanted (id, n)
  join events e on e.id = wanted.id::bigint
  join categories c on c.code = e.category
  left join grids g on g.id = e.grid_id
  left join communities m on m.code = g.community
  order by wanted.n;
