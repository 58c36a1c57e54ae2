select count(*)::int as count from events e where e.geom && st_makeenvelope($1, $2, $3, $4, 4326);
