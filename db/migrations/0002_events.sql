-- Reported events, the disputes' bare counts, and the trail.

create table categories (
  code          text primary key,
  name_zh       text not null,
  name_en       text not null,
  urgency       text not null check (urgency in ('urgent', 'fast', 'normal', 'long')),
  limit_amount  integer not null check (limit_amount > 0),
  limit_unit    text not null check (limit_unit in ('uh', 'ud', 'wh', 'wd')),
  units         text[] not null
);

create table events (
  id            bigint generated always as identity primary key,
  category      text not null references categories,
  status        text not null check (status in
    ('reported', 'filed', 'dispatched', 'signed', 'handling', 'handled', 'held', 'closed', 'rejected', 'merged')),
  source        text not null check (source in
    ('grid-worker', 'hotline-12345', 'patrol', 'video', 'public', 'department')),
  occurred_at   timestamptz not null,
  reported_at   timestamptz not null,
  due_at        timestamptz not null,
  closed_at     timestamptz check ((closed_at is not null) = (status in ('closed', 'rejected', 'merged'))),
  description   text check (length(description) <= 2000),
  address       text check (length(address) <= 200),
  geom          geometry(Point, 4326) not null
    check (st_x(geom) between -180 and 180 and st_y(geom) between -90 and 90),
  accuracy_m    real check (accuracy_m between 0 and 10000),
  grid_id       integer references grids, -- null: on the border desk
  rule          text not null check (rule in ('inside', 'shared-border', 'near', 'outside', 'person')),
  placement     jsonb not null, -- the candidates with their distances, as they were
  version       integer not null default 1,
  external_ref  text unique, -- the sender's own number, so that an import is taken once
  check ((grid_id is null) = (rule = 'outside'))
);
create index events_reported on events (reported_at desc, id desc);
create index events_grid on events (grid_id, reported_at desc);
create index events_open on events (due_at, id) where closed_at is null;
create index events_closed on events (closed_at) where closed_at is not null;
create index events_geom on events using gist (geom);

-- Registered disputes. Only counts leave the database until the casework that guards them exists.
create table disputes (
  id             integer generated always as identity primary key,
  class          text not null check (class ~ '^[0-9]{2}$'), -- GB/T 31000-2015 code
  grid_id        integer not null references grids,
  registered_at  timestamptz not null,
  closed_at      timestamptz
);
create index disputes_grid on disputes (grid_id, registered_at);

-- The trail: audit, live feed and history in one. Read it in (xid, seq) order below the snapshot's xmin; sequence order alone
-- is not commit order and loses rows under concurrent writers.
create table steps (
  seq      bigint generated always as identity,
  xid      xid8 not null default pg_current_xact_id(),
  at       timestamptz not null,
  actor    text not null,
  subject  text not null,
  step     text not null,
  data     jsonb not null,
  primary key (xid, seq)
);
create index steps_subject on steps (subject, seq);

create function steps_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the trail is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger steps_append_only before update or delete or truncate on steps
  for each statement execute function steps_refuse();

-- The first answer to a write, kept so that a repeated request is answered alike and done once.
create table idempotency (
  key      text primary key check (length(key) between 1 and 200),
  request  text not null, -- SHA-256 of method, path and body
  status   integer,
  reply    text,
  at       timestamptz not null
);
create index idempotency_at on idempotency (at);
