select t.n::int as n, a.id, a.text, array[st_x(a.geom), st_y(a.geom)] as position, a.likeness,
  (select json_build_object('id', g.id, 'code', g.code, 'name', g.name)
    from boundaries b join grids g on g.id = b.grid_id
    where st_covers(b.geom, a.geom) and b.valid @> $1::timestamptz
    order by g.code collate "C" limit 1) as grid
from unnest($2::text[]) with ordinality t (text, n)
cross join lateral (
  select id, text, geom,
    case when text = t.text then 1 else least(0.99, similarity(text, t.text)) end::float8 as likeness
  from addresses
  where text % t.text or text ilike '%' || replace(replace(replace(t.text, '\', '\\'), '%', '\%'), '_', '\_') || '%'
  order by likeness desc, length(text), text collate "C" limit $3) a
order by t.n, a.likeness desc, length(a.text), a.text collate "C";
