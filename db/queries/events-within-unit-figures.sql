with mine as materialized (
    select e.status, e.reported_at, e.due_at, e.closed_at, e.grid_id, e.on_the_spot, e.unscored from events e where ((e.seen_by <> '{}' and e.seen_by && $1::text[]) or e.reporter_id = $2))
select open, overdue, "dueToday", "borderDesk", (select count(*)::int from mine where reported_at >= $3::timestamptz) as year,
  (select count(*)::int from mine where reported_at >= $4::timestamptz) as "reportedToday",
  (select count(*)::int from mine where reported_at >= $5::timestamptz and on_the_spot) as "onTheSpot",
  (select count(*)::int from mine where closed_at >= $6::timestamptz and status in ('closed', 'revisited')) as "closedToday",
  json_build_object('onTime', (select count(*)::int from mine where status in ('closed', 'revisited') and not unscored and closed_at >= $7::timestamptz and closed_at <= due_at), 'closed', (select count(*)::int from mine where status in ('closed', 'revisited') and not unscored and closed_at >= $8::timestamptz),
    'overdue', scored) as scored,
  (select json_build_object('open', count(*) filter (where closed_at is null),
    'year', count(*) filter (where registered_at >= $9::timestamptz)) from dispute_counts
    where grid_id = any($10::int[])) as disputes
from (select count(*)::int as open,
  (count(*) filter (where status <> 'held' and due_at < $11::timestamptz))::int as overdue,
  (count(*) filter (where status <> 'held' and due_at < $12::timestamptz and not unscored))::int as scored,
  (count(*) filter (where status <> 'held' and due_at >= $13::timestamptz and due_at < $14::timestamptz))::int as "dueToday",
  (count(*) filter (where grid_id is null))::int as "borderDesk"
  from mine where closed_at is null) o;
