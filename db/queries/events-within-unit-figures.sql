select open, overdue, "dueToday", "borderDesk", (select count(*)::int from events e where (e.reported_at >= $1::timestamptz and ((e.seen_by <> '{}' and e.seen_by && $2::text[]) or e.reporter_id = $3))) as year,
  (select count(*)::int from events e where (e.reported_at >= $4::timestamptz and ((e.seen_by <> '{}' and e.seen_by && $5::text[]) or e.reporter_id = $6))) as "reportedToday",
  (select count(*)::int from events e where (e.reported_at >= $7::timestamptz and e.on_the_spot and ((e.seen_by <> '{}' and e.seen_by && $8::text[]) or e.reporter_id = $9))) as "onTheSpot",
  (select count(*)::int from events e where (e.closed_at >= $10::timestamptz and e.status in ('closed', 'revisited') and ((e.seen_by <> '{}' and e.seen_by && $11::text[]) or e.reporter_id = $12))) as "closedToday",
  json_build_object('onTime', (select count(*)::int from events e where (e.status in ('closed', 'revisited') and not e.unscored and e.closed_at >= $13::timestamptz and e.closed_at <= e.due_at and ((e.seen_by <> '{}' and e.seen_by && $14::text[]) or e.reporter_id = $15))), 'closed', (select count(*)::int from events e where (e.status in ('closed', 'revisited') and not e.unscored and e.closed_at >= $16::timestamptz and ((e.seen_by <> '{}' and e.seen_by && $17::text[]) or e.reporter_id = $18))),
    'overdue', scored) as scored,
  (select json_build_object('open', count(*) filter (where closed_at is null),
    'year', count(*) filter (where registered_at >= $19::timestamptz)) from dispute_counts
    where grid_id = any($20::int[])) as disputes
from (select count(*)::int as open,
  (count(*) filter (where e.status <> 'held' and e.due_at < $21::timestamptz))::int as overdue,
  (count(*) filter (where e.status <> 'held' and e.due_at < $22::timestamptz and not e.unscored))::int as scored,
  (count(*) filter (where e.status <> 'held' and e.due_at >= $23::timestamptz and e.due_at < $24::timestamptz))::int as "dueToday",
  (count(*) filter (where e.grid_id is null))::int as "borderDesk"
  from events e where (e.closed_at is null and ((e.seen_by <> '{}' and e.seen_by && $25::text[]) or e.reporter_id = $26))) o;
