select count(*)::int as count from events e where (((e.grid_id = any($1::int[]) and e.keeper_id is null) or (e.keeper_id is not null and e.keeper_id = any($2::int[]))
or (e.asked_grid is not null and e.asked_grid = any($3::int[]))) or e.reporter_id = $4);
