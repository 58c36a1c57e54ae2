select e.id::float8 as id, round(st_x(e.geom)::numeric * 10000000)::int as x, round(st_y(e.geom)::numeric * 10000000)::int as y, c.urgency, e.grid_id as "gridId",
  e.closed_at is null as open, coalesce(e.closed_at, $1::timestamptz) > e.due_at as overdue
from events e join categories c on c.code = e.category
where e.reported_at >= $2::timestamptz and e.reported_at < $3::timestamptz
  and e.status not in ('rejected', 'merged')
order by e.id;
