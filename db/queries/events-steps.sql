select (extract(epoch from at) * 1000)::float8 as at, step, actor from steps where subject = $1 order by xid, seq;
