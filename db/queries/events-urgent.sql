select e.id, e.category, e.status, e.source, array[st_x(e.geom), st_y(e.geom)] as position, e.address,
e.grid_id as "gridId", e.keeper_id as "keeperId", e.rule, (extract(epoch from e.occurred_at) * 1000)::float8 as "occurredAt", (extract(epoch from e.reported_at) * 1000)::float8 as "reportedAt",
(extract(epoch from e.due_at) * 1000)::float8 as "dueAt", (extract(epoch from e.amber_at) * 1000)::float8 as "amberAt", (extract(epoch from e.closed_at) * 1000)::float8 as "closedAt",
(extract(epoch from e.stage_due_at) * 1000)::float8 as "stageDueAt", e.units, e.asks, e.supervision, e.important, e.reporter_id as reporter,
e.version, (extract(epoch from e.due_at) * 1000000)::bigint as micros from events e
  where e.closed_at is null and true
  order by e.due_at, e.id limit $1;
