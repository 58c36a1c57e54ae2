select b.id as boundary, g.id, g.code, g.name, g.name_en as "nameEn", g.kind, g.accepted,
  json_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en) as community,
  case when w.id is not null then json_build_object('name', w.name, 'fullTime', w.full_time) end as worker,
  coalesce(h.households, 0)::int as households, coalesce(e.open, 0)::int as open,
  coalesce(e.overdue, 0)::int as overdue
from grids g
join boundaries b on b.grid_id = g.id and b.valid @> $1::timestamptz
join communities c on c.code = g.community
left join workers w on w.grid_id = g.id
left join (select grid_id, sum(households) as households from buildings group by grid_id) h on h.grid_id = g.id
left join (
  select coalesce(keeper_id, grid_id) as holder, count(*) as open,
    count(*) filter (where status <> 'held' and due_at < $2::timestamptz) as overdue
  from events where closed_at is null group by 1) e on e.holder = g.id
where $3::bigint is null or g.id = $4::bigint
order by g.code collate "C";
