select xid::text as xid, seq::text as seq, extract(epoch from at)::text as at, actor, role, subject, step,
data::text as data, audience from steps s
  where (xid, seq) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by s.xid, s.seq limit $3;
