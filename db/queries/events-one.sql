select e.id, e.category, e.status, e.source, array[st_x(e.geom), st_y(e.geom)] as position, e.address,
e.grid_id as "gridId", e.keeper_id as "keeperId", e.rule, (extract(epoch from e.occurred_at) * 1000)::float8 as "occurredAt", (extract(epoch from e.reported_at) * 1000)::float8 as "reportedAt",
(extract(epoch from e.due_at) * 1000)::float8 as "dueAt", (extract(epoch from e.amber_at) * 1000)::float8 as "amberAt", (extract(epoch from e.closed_at) * 1000)::float8 as "closedAt",
(extract(epoch from e.stage_due_at) * 1000)::float8 as "stageDueAt", e.units, e.asks, e.supervision, e.important, e.reporter_id as reporter,
e.version, e.description, e.accuracy_m as "accuracyM", e.placement,
    case when g.id is not null then json_build_object('id', g.id, 'code', g.code, 'name', g.name) end as grid
  from events e left join grids g on g.id = e.grid_id
  where e.id = $1::bigint and (((e.grid_id = any($2::int[]) and e.keeper_id is null) or (e.keeper_id is not null and e.keeper_id = any($3::int[]))
  or (e.asked_grid is not null and e.asked_grid = any($4::int[]))) or e.reporter_id = $5);
