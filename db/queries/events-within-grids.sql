select count(*)::int as count from events e where (e.grid_id = any($1::int[]) or e.reporter_id = $2);
