select count(*)::int as count from events e where (e.asks <> '{}' and e.asks && $1::text[]);
