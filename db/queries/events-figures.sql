select o.*, r.*, c.*, d.disputes from
(select count(*)::int as open,
  (count(*) filter (where status <> 'held' and due_at < $1::timestamptz))::int as overdue,
  (count(*) filter (where status <> 'held' and due_at >= $2::timestamptz and due_at < $3::timestamptz))::int as "dueToday",
  (count(*) filter (where grid_id is null))::int as "borderDesk"
  from events where closed_at is null) o,
(select count(*)::int as year, (count(*) filter (where reported_at >= $4::timestamptz))::int as "reportedToday"
  from events where reported_at >= $5::timestamptz) r,
(select count(*)::int as "closedInYear",
  (count(*) filter (where closed_at <= due_at))::int as "closedOnTimeInYear",
  (count(*) filter (where closed_at >= $6::timestamptz))::int as "closedToday"
  from events where closed_at >= $7::timestamptz and status = 'closed') c,
(select json_build_object('open', count(*) filter (where closed_at is null),
  'year', count(*) filter (where registered_at >= $8::timestamptz)) as disputes from disputes) d;
