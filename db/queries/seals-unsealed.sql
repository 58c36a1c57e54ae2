select exists (select from steps
where (xid, seq) > (coalesce((select xid from seals order by n desc limit 1), '0'),
    coalesce((select seq from seals order by n desc limit 1), 0))
  and xid < pg_snapshot_xmin(pg_current_snapshot())) as some;
