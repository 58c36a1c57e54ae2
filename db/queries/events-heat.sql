select e.grid_id as "gridId", e.category, count(*)::int as count
from events e where e.reported_at >= $1::timestamptz group by 1, 2 order by 1 nulls last, 2;
