select open, overdue, "dueToday", "borderDesk", (select count(*)::int from events e where e.reported_at >= $1::timestamptz) as year,
  (select count(*)::int from events e where e.reported_at >= $2::timestamptz) as "reportedToday",
  (select count(*)::int from events e where e.reported_at >= $3::timestamptz and e.on_the_spot) as "onTheSpot",
  (select count(*)::int from events e where e.closed_at >= $4::timestamptz and e.status in ('closed', 'revisited')) as "closedToday",
  json_build_object('onTime', (select count(*)::int from events e where e.status in ('closed', 'revisited') and not e.unscored and e.closed_at >= $5::timestamptz and e.closed_at <= e.due_at), 'closed', (select count(*)::int from events e where e.status in ('closed', 'revisited') and not e.unscored and e.closed_at >= $6::timestamptz),
    'overdue', scored) as scored,
  (select json_build_object('open', count(*) filter (where closed_at is null),
    'year', count(*) filter (where registered_at >= $7::timestamptz)) from dispute_counts
    where true) as disputes
from (select count(*)::int as open,
  (count(*) filter (where e.status <> 'held' and e.due_at < $8::timestamptz))::int as overdue,
  (count(*) filter (where e.status <> 'held' and e.due_at < $9::timestamptz and not e.unscored))::int as scored,
  (count(*) filter (where e.status <> 'held' and e.due_at >= $10::timestamptz and e.due_at < $11::timestamptz))::int as "dueToday",
  (count(*) filter (where e.grid_id is null))::int as "borderDesk"
  from events e where e.closed_at is null) o;
