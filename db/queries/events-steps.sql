select (extract(epoch from s.at) * 1000)::float8 as at, s.step, s.actor,
  json_strip_nulls(json_build_object('reason', s.data ->> 'reason', 'grid', g.name)) as more
from steps s left join grids g on s.step = 'event.placed' and g.id = (s.data ->> 'gridId')::integer
where s.subject = $1 order by s.xid, s.seq;
