select count(*)::int as count from events e where (e.reported_at >= $1::timestamptz and e.reported_at < $2::timestamptz);
