select (extract(epoch from s.at) * 1000)::float8 as at, s.step, s.actor, json_strip_nulls(json_build_object('name', a.name, 'role', s.role,
  'grid', case when s.n > 1 and s.grid is distinct from s.before then g.name end, 'unit', s.data ->> 'unit',
  'reason', s.data ->> 'reason')) as more
from (
  select *, row_number() over told as n, coalesce(data ->> 'keeperId', data ->> 'gridId')::integer as grid, lag(coalesce(data ->> 'keeperId', data ->> 'gridId')::integer) over told as before
  from steps where subject = $1 window told as (order by xid, seq)) s
left join grids g on g.id = s.grid
left join accounts a on s.actor = 'account/' || a.id
order by s.n;
