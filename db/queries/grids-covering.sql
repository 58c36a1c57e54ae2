select p.n, g.id, g.code, g.name, 0::float8 as distance_m
from (
select n, st_setsrid(st_makepoint(lng, lat), 4326) as geom, at, reach
from json_to_recordset($1) as r (n integer, lng float8, lat float8, at timestamptz, reach float8)
offset 0) p
join boundaries b on b.geom && st_expand(p.geom, 1e-12)
  and (st_covers(b.geom, p.geom) or st_dwithin(b.geom, p.geom, 1e-12))
  and (b.valid @> p.at) is true
join grids g on g.id = b.grid_id;
