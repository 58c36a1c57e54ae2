-- The flow of an event: conditions and clocks of its promise, units at work on it, what was asked and decided, photos.

-- Who hears of a step in the live feed: `events` for those who see every event, `grid/3`, `unit/CG`, `account/12`. Nobody by default.
alter table steps add column audience text[] not null default '{}';
-- The duty in which somebody acted; null for machines and for what happened before there were duties.
alter table steps add column role text;

alter table events drop constraint events_status_check;
alter table events drop constraint events_check; -- closed_at with its statuses
alter table events
  add constraint events_status_check check (status in ('reported', 'verifying', 'filed', 'dispatched', 'signed', 'handling',
    'handled', 'checking', 'returned', 'held', 'closed', 'revisited', 'rejected', 'merged')),
  add constraint events_ended check ((closed_at is not null) = (status in ('closed', 'revisited', 'rejected', 'merged'))),
  -- The promise. Due time, rule and calendar versions and every span counted are kept; a later rule changes none of it.
  add column condition_id   integer references conditions,
  add column amber_at       timestamptz,
  add column why            jsonb, -- null for events of before
  add column extensions     smallint not null default 0 check (extensions between 0 and 2),
  add column pauses         jsonb not null default '[]', -- [{from, to}] in milliseconds; the last is open while on hold
  add column held_until     timestamptz,
  add column held_from      text, -- the status to which it wakes
  add column holds          smallint not null default 0 check (holds between 0 and 1),
  -- The node that it waits at now (intake, dispatch, field check) has a clock of minutes.
  add column stage_due_at   timestamptz,
  add column units          text[] not null default '{}', -- at work on it, the lead first
  add column asks           text[] not null default '{}', -- kinds of open requests
  add column channel        text not null default 'grid' check (channel in ('grid', '12345', 'emergency', 'party')),
  add column reporter_id    integer references accounts,
  add column on_the_spot    boolean not null default false,
  add column asked_grid     integer references grids, -- by an open hand-over: its people see the event too
  add column supervision    smallint not null default 0 check (supervision between 0 and 3), -- none, ordinary, yellow, red
  add column important      boolean not null default false,
  add column unscored       boolean not null default false, -- an appeal was granted: late all the same, but not counted
  add column reworks        smallint not null default 0,
  add column reopened       smallint not null default 0,
  add column merged_into    bigint references events,
  add column checked_at     timestamptz, -- a field check passed, and nothing was handled since
  -- The light that the sweep has told of, the level to which lateness has brought it, and when it will go on.
  add column told           text not null default 'green' check (told in ('green', 'amber', 'red')),
  add column escalated      smallint not null default 0 check (escalated between 0 and 3),
  add column escalate_at    timestamptz;
update events set channel = case source when 'hotline-12345' then '12345' else 'grid' end,
  amber_at = reported_at + (due_at - reported_at) / 2,
  told = 'red';
alter table events alter column amber_at set not null;
alter table events alter column told set default 'green';
create index events_units on events using gin (units) where closed_at is null;
create index events_asks on events using gin (asks) where asks <> '{}';
create index events_asked_grid on events (asked_grid) where asked_grid is not null;
create index events_reporter on events (reporter_id, reported_at desc) where reporter_id is not null;
create index events_merged on events (merged_into) where merged_into is not null;
create index events_near on events (category, reported_at desc);
create index events_amber on events (amber_at) where closed_at is null and told = 'green';
create index events_red on events (due_at) where closed_at is null and told <> 'red';
create index events_escalate on events (escalate_at) where closed_at is null and escalate_at is not null;
create index events_wake on events (held_until) where status = 'held';

-- A unit's part in an event: the lead or an assistant, each with a clock of its own.
create table assignments (
  id            bigint generated always as identity primary key,
  event_id      bigint not null references events,
  unit          text not null references units,
  part          text not null check (part in ('lead', 'assist')),
  dispatched_at timestamptz not null,
  due_at        timestamptz not null,
  amber_at      timestamptz not null,
  why           jsonb not null,
  refuse_until  timestamptz not null, -- end of the refusal window
  signed_at     timestamptz,
  handled_at    timestamptz,
  sent_back_at  timestamptz, -- the last time; proof of handling must be newer
  ended_at      timestamptz, -- returned, recalled, or the event left the unit
  ending        text check (ending in ('returned', 'recalled', 'closed')),
  reworks       smallint not null default 0,
  check ((ended_at is null) = (ending is null))
);
create index assignments_event on assignments (event_id);
create index assignments_unit on assignments (unit, due_at) where ended_at is null;
create unique index assignments_once on assignments (event_id, unit) where ended_at is null;
create unique index assignments_lead on assignments (event_id) where ended_at is null and part = 'lead';

-- What somebody asked for and others decide: more time, hold, another grid, opening again, leaving a delay out of scoring.
create table requests (
  id           bigint generated always as identity primary key,
  event_id     bigint not null references events,
  kind         text not null check (kind in ('extend', 'hold', 'handover', 'reopen', 'appeal')),
  stage        text not null check (stage in ('asked', 'endorsed', 'granted', 'refused')),
  asked_by     integer not null references accounts,
  asked_as     text not null,
  asked_at     timestamptz not null,
  reason       text not null check (length(reason) between 1 and 500),
  unit         text references units,
  grid_id      integer references grids, -- handover: to whom
  until        timestamptz, -- hold: until when
  endorsed_by  integer references accounts,
  endorsed_at  timestamptz,
  decided_by   integer references accounts,
  decided_at   timestamptz,
  answer       text check (length(answer) <= 500),
  check ((decided_at is not null) = (stage in ('granted', 'refused')))
);
create index requests_event on requests (event_id);
create unique index requests_open on requests (event_id, kind) where decided_at is null;
create unique index requests_appeal on requests (event_id) where kind = 'appeal'; -- once in a case

-- What one channel was promised. A merged event's obligations are carried by the event it went into, and still answered.
create table obligations (
  id          bigint generated always as identity primary key,
  event_id    bigint not null references events,
  carrier_id  bigint not null references events,
  channel     text not null check (channel in ('grid', '12345', 'emergency', 'party')),
  due_at      timestamptz not null,
  reply       text check (length(reply) <= 2000),
  replied_by  integer references accounts,
  replied_at  timestamptz,
  unique (event_id, channel)
);
create index obligations_carrier on obligations (carrier_id);

-- Pictures as the server encoded them anew; the bytes lie in files named by their digest.
create table photos (
  id           bigint generated always as identity primary key,
  event_id     bigint not null references events,
  stage        text not null check (stage in ('report', 'verify', 'before', 'after', 'check')),
  file         text not null check (file ~ '^[0-9a-f]{64}$'),
  thumb        text not null check (thumb ~ '^[0-9a-f]{64}$'),
  width        integer not null check (width > 0),
  height       integer not null check (height > 0),
  bytes        integer not null check (bytes > 0),
  taken_at     timestamptz, -- as the camera said
  taken_lng    double precision,
  taken_lat    double precision,
  uploaded_by  integer references accounts,
  uploaded_at  timestamptz not null
);
create index photos_event on photos (event_id, id);
create index photos_file on photos (file);
create index photos_thumb on photos (thumb);

-- Which unit a class goes to, by place: the narrowest row that fits wins; without one, the class's own list does.
create table routings (
  id         integer generated always as identity primary key,
  category   text not null references categories,
  community  text references communities,
  grid_id    integer references grids,
  unit       text not null references units,
  check (num_nonnulls(community, grid_id) <= 1),
  unique nulls not distinct (category, community, grid_id)
);
