select count(*)::int as count from events e where ((e.grid_id = any($1::int[]) or (e.asked_grid is not null and e.asked_grid = any($2::int[]))) or e.reporter_id = $3);
