select e.id, (extract(epoch from e.reported_at) * 1000)::float8 as "reportedAt", array[st_x(e.geom), st_y(e.geom)] as position, e.category,
  e.status, e.source, coalesce(e.grid_id, 0) as "gridId"
from events e where e.reported_at >= $1::timestamptz order by e.reported_at, e.id;
