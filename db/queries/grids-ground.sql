select b.area_m2 as "areaM2",
  (select json_build_object('name', s.name, 'position', st_asgeojson(s.geom)::json -> 'coordinates')
    from stations s where s.grid_id = b.grid_id) as station,
  (select count(*)::int from buildings where grid_id = b.grid_id) as buildings,
  (select coalesce(json_agg(json_build_object('id', g.id, 'code', g.code, 'name', g.name)
      order by g.code collate "C"), '[]')
    from boundaries o join grids g on g.id = o.grid_id
    where o.geom && b.geom and o.id <> b.id and o.valid @> $1::timestamptz
      and st_intersects(o.geom, b.geom)) as neighbours
from boundaries b where b.id = $2;
