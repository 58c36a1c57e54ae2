select xid::text || '-' || seq as id, to_json(at at time zone 'utc') #>> '{}' || 'Z' as at, actor, subject, step,
  data, audience
from steps
where (xid, seq) > ($1::xid8, $2::bigint)
  and xid < pg_snapshot_xmin(pg_current_snapshot())
order by xid, seq
limit $3;
