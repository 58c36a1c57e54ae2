-- The ground: one sub-district, its communities, the fabric it is drawn on, the plan in force and the grids derived from it.
-- Geometry is EPSG:4326 (CGCS2000 within decimetres), longitude first.

create extension if not exists postgis;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create table subdistricts (
  id       integer generated always as identity primary key,
  code     text not null unique,
  name     text not null,
  name_en  text not null,
  center   geometry(Point, 4326) not null,
  demo     boolean not null
);

create table communities (
  code     text primary key,
  name     text not null,
  name_en  text not null,
  area     text not null check (area in ('urban', 'rural'))
);

create table grids (
  id         integer generated always as identity primary key,
  code       text not null unique check (length(code) between 1 and 32), -- never reused
  name       text not null,
  name_en    text not null,
  kind       text not null check (kind in ('urban-full-time', 'urban-comprehensive', 'rural-comprehensive')),
  community  text not null references communities,
  accepted   boolean not null -- preliminarily passed acceptance (初步通过验收)
);
create index grids_community on grids (community);

create table workers (
  id         integer generated always as identity primary key,
  name       text not null,
  full_time  boolean not null,
  grid_id    integer not null unique references grids -- exactly one worker a grid
);

create table stations (
  id       integer generated always as identity primary key,
  grid_id  integer not null unique references grids,
  name     text not null,
  geom     geometry(Point, 4326) not null
);

-- Where a grid lies, and when. Events keep the grid in force when they happened.
create table boundaries (
  id       integer generated always as identity primary key,
  grid_id  integer not null references grids,
  valid    tstzrange not null check (not isempty(valid)),
  geom     geometry(MultiPolygon, 4326) not null
    check (st_isvalid(geom) and not st_isempty(geom) and st_npoints(geom) <= 20000
      and st_xmin(geom) >= -180 and st_xmax(geom) <= 180 and st_ymin(geom) >= -90 and st_ymax(geom) <= 90),
  area_m2  double precision generated always as (st_area(geom::geography)) stored,
  exclude using gist (grid_id with =, valid with &&)
);
create index boundaries_geom on boundaries using gist (geom);

-- The fabric: nodes, arcs with the atom on either side, atoms. Coordinates are int32 of 1e-7 degree.
create table fabrics (
  id          integer generated always as identity primary key,
  created_at  timestamptz not null
);

create table fabric_nodes (
  fabric_id  integer not null references fabrics,
  id         integer not null,
  x          integer not null,
  y          integer not null,
  primary key (fabric_id, id)
);

create table atoms (
  fabric_id  integer not null references fabrics,
  id         integer not null check (id > 0), -- 0 is the outside
  kind       text not null,
  community  text not null references communities,
  primary key (fabric_id, id)
);

create table fabric_arcs (
  fabric_id   integer not null references fabrics,
  id          integer not null,
  n0          integer not null,
  n1          integer not null,
  kind        text not null,
  xy          integer[] not null check (array_length(xy, 1) >= 4 and array_length(xy, 1) % 2 = 0), -- x0 y0 x1 y1 … incl. both nodes
  left_atom   integer not null,
  right_atom  integer not null,
  primary key (fabric_id, id),
  foreign key (fabric_id, n0) references fabric_nodes,
  foreign key (fabric_id, n1) references fabric_nodes,
  check (left_atom <> right_atom)
);

-- A plan labels every atom with a grid. At most one is in force on any instant.
create table plans (
  id         integer generated always as identity primary key,
  fabric_id  integer not null references fabrics,
  name       text not null,
  valid      tstzrange not null check (not isempty(valid)),
  exclude using gist (valid with &&)
);

create table plan_atoms (
  plan_id    integer not null references plans,
  fabric_id  integer not null,
  atom_id    integer not null,
  grid_id    integer not null references grids,
  primary key (plan_id, atom_id),
  foreign key (fabric_id, atom_id) references atoms
);

create table buildings (
  id          integer generated always as identity primary key,
  kind        text not null,
  households  integer not null check (households >= 0),
  floors      integer not null check (floors > 0),
  grid_id     integer references grids,
  geom        geometry(Polygon, 4326) not null
);
create index buildings_geom on buildings using gist (geom);
create index buildings_grid on buildings (grid_id);

-- What people write; more than one address may name one building.
create table addresses (
  id           integer generated always as identity primary key,
  text         text not null unique,
  building_id  integer references buildings,
  geom         geometry(Point, 4326) not null
);
create index addresses_text on addresses using gin (text gin_trgm_ops);

-- What the quiet basemap draws.
create table features (
  id       integer generated always as identity primary key,
  layer    text not null check (layer in ('water', 'road', 'landuse', 'place')),
  class    text not null,
  name     text,
  name_en  text,
  geom     geometry(Geometry, 4326) not null
);
