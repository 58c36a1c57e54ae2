with mine as (select category, status, reported_at, closed_at from events where grid_id = $1),
trend as (
  select floor(extract(epoch from reported_at - $2::timestamptz) / 604800)::int as week, count(*)::int as count
  from mine where reported_at >= $3::timestamptz group by 1)
select
  (select count(*)::int from mine where status = 'closed' and closed_at >= $4::timestamptz) as "closedThisWeek",
  (select count(*)::int from mine where reported_at >= $5::timestamptz) as "reportedThisWeek",
  (select coalesce(json_object_agg(category, count), '{}') from (
    select category, count(*)::int as count from mine where reported_at >= $6::timestamptz group by 1 order by 2 desc, 1
  ) c) as "byCategory",
  (select coalesce(json_object_agg(week, count), '{}') from trend) as trend,
  (select json_build_object('open', count(*) filter (where closed_at is null),
    'year', count(*) filter (where registered_at >= $7::timestamptz)) from dispute_counts where grid_id = $8) as disputes;
