-- Planning: drafts of boundaries with their operations, and what a plan does when its instant comes.

-- A draft (scenario) is what it was forked from (`drawing`, see geodata/plan/drawing.ts) and the operations up to `head`.
create table scenarios (
  id            integer generated always as identity primary key,
  name          text not null check (length(name) between 1 and 80),
  from_plan     integer references plans,
  from_scenario integer references scenarios,
  drawing       jsonb not null,
  head          integer not null default 0, -- seq of the operation that the draft stands at; 0: as forked
  version       integer not null default 0, -- counts changes of any kind, so that two planners notice each other
  -- The plan that it changes: the one in force or to come when it was begun. Only while that is the last one may it become the next.
  base_plan     integer not null references plans,
  status        text not null default 'draft' check (status in ('draft', 'submitted', 'approved', 'effective', 'archived')),
  created_by    integer references accounts,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  submitted_by  integer references accounts,
  submitted_at  timestamptz,
  note          text check (length(note) <= 1000), -- of the planner who submitted it
  decided_by    integer references accounts,
  decided_at    timestamptz,
  reason        text check (length(reason) <= 1000), -- of whoever returned or approved it
  impact        jsonb, -- the totals as they were submitted
  check ((from_plan is null) <> (from_scenario is null))
);

-- A tree: undo goes to the parent, redo to the newest child, a new operation after an undo is another branch. Nothing is erased.
create table scenario_ops (
  id           bigint generated always as identity unique, -- never twice, also not after a transaction that was rolled back
  scenario_id  integer not null references scenarios,
  seq          integer not null check (seq > 0),
  parent       integer not null check (parent >= 0 and parent < seq),
  version      integer not null, -- of the draft with it
  depth        integer not null check (depth > 0), -- operations from the fork to here
  op           jsonb not null,
  patch        jsonb not null, -- before and after of all that it changed: its inverse
  account_id   integer references accounts,
  at           timestamptz not null,
  primary key (scenario_id, seq)
);

create table scenario_comments (
  id           integer generated always as identity primary key,
  scenario_id  integer not null references scenarios,
  geom         geometry(Point, 4326) not null,
  text         text not null check (length(text) between 1 and 1000),
  account_id   integer references accounts,
  at           timestamptz not null,
  resolved_by  integer references accounts,
  resolved_at  timestamptz,
  check ((resolved_by is null) = (resolved_at is null))
);
create index scenario_comments_of on scenario_comments (scenario_id, id);

-- `valid` of plans and boundaries tells which is in force, from the instant of approval on; what must be moved by hand is done once,
-- when it has come. A plan that was withdrawn before is valid never: drafts may have been begun from it.
alter table plans drop constraint plans_valid_check;
alter table plans
  add column scenario_id integer unique references scenarios,
  add column switched_at timestamptz default now(); -- null: work, workers and buildings have not been handed over yet
create index plans_waiting on plans (lower(valid)) where switched_at is null;

-- What each grid is under a plan: names, kind, worker and station take effect with it.
create table plan_grids (
  plan_id    integer not null references plans,
  grid_id    integer not null references grids,
  name       text not null,
  name_en    text not null,
  kind       text not null check (kind in ('urban-full-time', 'urban-comprehensive', 'rural-comprehensive')),
  worker_id  integer references workers,
  station    geometry(Point, 4326),
  primary key (plan_id, grid_id),
  unique (plan_id, worker_id)
);

-- Whose ground a grid of a plan was before; 1.0 is all of the old one's households (of its area, where nobody lives).
create table successions (
  plan_id  integer not null references plans,
  old_id   integer not null references grids,
  new_id   integer not null references grids,
  share    real not null check (share > 0 and share <= 1),
  primary key (plan_id, old_id, new_id)
);

-- An event keeps the grid in force when it happened; open work goes on with another grid's worker where the ground has changed hands.
alter table events add column keeper_id integer references grids;
create index events_keeper on events (keeper_id) where keeper_id is not null;

-- A worker whose grid has ended waits for another one.
alter table workers alter column grid_id drop not null;

-- What is wrong with the boundaries in force at an instant as a tiling of the ground: the gate through which a plan comes. Valid on
-- PostGIS 3.3; where it can look for slivers by itself, none may be there.
create function partition_faults(instant timestamptz, holes integer) returns text[] language plpgsql stable as $$
declare
  faults text[] := '{}';
  whole  geometry;
  parts  integer;
  total  double precision;
  wrong  integer;
  lone   double precision;
  gap    double precision;
  sliver double precision;
  before_ geometry;
begin
  select st_unaryunion(st_collect(geom)), sum(st_area(geom)), sum(st_numgeometries(geom))
    into whole, total, parts from boundaries where valid @> instant;
  if whole is null then return array['empty']; end if;

  -- Each segment is used by two grids, or by one on the outline.
  with segments as (
    select s.geom as line, st_astext(st_startpoint(s.geom)) as a, st_astext(st_endpoint(s.geom)) as b
    from boundaries, st_dumpsegments(geom) s where valid @> instant
  ), used as (
    select count(*) as n, count(distinct a) as ways, min(st_length(line)) as length from segments group by least(a, b), greatest(a, b)
  )
  select count(*) filter (where n > 2 or (n = 2 and ways = 1)), coalesce(sum(length) filter (where n = 1), 0)
    into wrong, lone from used;
  if wrong > 0 then faults := faults || format('%s segments are used too often', wrong); end if;
  if abs(lone - st_length(st_boundary(whole))) > 1e-9 then faults := faults || 'a border has one side only'::text; end if;

  -- Each face of all borders together is one grid's.
  with faces as (
    select (st_dump(st_polygonize(line))).geom from (
      select st_unaryunion(st_collect(st_boundary(geom))) as line from boundaries where valid @> instant) l
  ), owned as (
    select f.geom, (select count(*) from boundaries b where b.valid @> instant and b.geom && f.geom
      and st_covers(b.geom, st_pointonsurface(f.geom))) as owners from faces f
  )
  select count(*) filter (where owners > 1) + abs(count(*) filter (where owners = 1) - parts)
    + abs(count(*) filter (where owners = 0) - holes) into wrong from owned;
  if wrong > 0 then faults := faults || format('%s faces are not one grid''s', wrong); end if;

  -- Together they have the area of the whole, which has no holes but the known ones.
  if abs(total - st_area(whole)) > 1e-12 then faults := faults || 'the areas do not add up'::text; end if;
  if (select sum(st_numinteriorrings(p.geom)) from st_dump(whole) p) <> holes then faults := faults || 'there is a hole'::text; end if;

  -- The outline is that of the ground before, but for vertices that a cut has put beside it by less than a unit: so no gap opens to the
  -- outside, where neither faces nor areas would tell.
  select st_unaryunion(st_collect(geom)) into before_ from boundaries where valid @> (instant - interval '1 microsecond');
  if before_ is not null and st_hausdorffdistance(st_boundary(whole), st_boundary(before_)) > 3e-7 then
    faults := faults || 'the outline has moved'::text;
  end if;

  -- Slivers between grids. Along the outline a narrow grid looks like one to this search, and is none.
  if to_regproc('st_coverageinvalidedges') is not null then
    foreach gap in array array[0, 1.8e-7, 1.8e-6, 1.8e-5, 1.8e-4]::double precision[] loop
      execute 'select coalesce(sum(st_length(st_difference(st_setsrid(e, 4326), $3))), 0) from (
        select st_coverageinvalidedges(geom, $1) over () as e from boundaries where valid @> $2) c'
        into sliver using gap, instant, st_boundary(whole);
      if sliver > 1e-9 then faults := faults || format('slivers narrower than %s m', round((gap * 111000)::numeric, 2)); end if;
    end loop;
  end if;
  return faults;
end $$;
