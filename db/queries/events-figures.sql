select open, overdue, "dueToday", "borderDesk", (select count(*)::int from events where reported_at >= $1::timestamptz) as year,
  (select count(*)::int from events where reported_at >= $2::timestamptz) as "reportedToday",
  (select count(*)::int from events where reported_at >= $3::timestamptz and on_the_spot) as "onTheSpot",
  (select count(*)::int from events where closed_at >= $4::timestamptz and status in ('closed', 'revisited')) as "closedToday",
  json_build_object('onTime', (select count(*)::int from events where status in ('closed', 'revisited') and not unscored and closed_at >= $5::timestamptz and closed_at <= due_at), 'closed', (select count(*)::int from events where status in ('closed', 'revisited') and not unscored and closed_at >= $6::timestamptz),
    'overdue', scored) as scored,
  (select json_build_object('open', count(*) filter (where closed_at is null),
    'year', count(*) filter (where registered_at >= $7::timestamptz)) from dispute_counts
    where true) as disputes
from (select count(*)::int as open,
  (count(*) filter (where status <> 'held' and due_at < $8::timestamptz))::int as overdue,
  (count(*) filter (where status <> 'held' and due_at < $9::timestamptz and not unscored))::int as scored,
  (count(*) filter (where status <> 'held' and due_at >= $10::timestamptz and due_at < $11::timestamptz))::int as "dueToday",
  (count(*) filter (where grid_id is null))::int as "borderDesk"
  from events where closed_at is null) o;
