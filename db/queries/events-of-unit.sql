select count(*)::int as count from events e where (e.seen_by <> '{}' and e.seen_by && $1::text[]);
