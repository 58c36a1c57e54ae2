-- People with accounts, what they may do and where, their sessions, and the role behind the second wall.

-- Requests work under this role: it owns nothing and row-level security binds it. It belongs to the whole cluster, so that a
-- second database finds it there; the user of DATABASE_URL needs CREATEROLE once, or an administrator creates the role and
-- grants it to that user.
do $$
begin
  if not exists (select from pg_roles where rolname = 'wangge_app') then
    begin
      create role wangge_app nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; -- another database of the cluster was first
    end;
  end if;
  begin
    set local role wangge_app;
    reset role;
  exception when insufficient_privilege then
    execute format('grant wangge_app to %I', current_user);
  end;
end $$;
grant usage on schema public to wangge_app;
grant select, insert, update, delete on all tables in schema public to wangge_app;
grant usage on all sequences in schema public to wangge_app;
alter default privileges in schema public grant select, insert, update, delete on tables to wangge_app;
alter default privileges in schema public grant usage on sequences to wangge_app;
revoke update, delete on steps from wangge_app;
revoke insert, update, delete on migrations from wangge_app;

-- Handling units (处置单位).
create table units (
  code     text primary key check (length(code) between 1 and 16),
  name_zh  text not null,
  name_en  text not null
);
insert into units (code, name_zh, name_en) values
  ('CG', '综合行政执法队', 'Enforcement team'), ('HW', '环卫所', 'Sanitation'), ('SZ', '市政养护所', 'Road maintenance'),
  ('YL', '园林绿化所', 'Greening'), ('PS', '排水所', 'Drainage'), ('GS', '供水公司', 'Water supply'),
  ('RQ', '燃气公司', 'Gas company'), ('RL', '热力公司', 'Heating company'), ('DL', '供电所', 'Power supply'),
  ('TX', '通信运营商', 'Telecom'), ('ZJ', '住建办', 'Housing and construction'), ('SW', '水务站', 'Waters'),
  ('HB', '生态环境办', 'Environment office'), ('GA', '派出所', 'Police station'), ('XF', '消防救援站', 'Fire and rescue'),
  ('YJ', '应急管理办', 'Emergency management'), ('SJ', '市场监管分局', 'Market supervision'), ('SF', '司法所', 'Justice office'),
  ('MZ', '民政办', 'Civil affairs'), ('RS', '人社所', 'Labour office'), ('WJ', '卫健办', 'Health office'),
  ('JD', '街道办事处', 'Sub-district office'), ('CQ', '村(社区)', 'Village or community'), ('WY', '物业企业', 'Property management');

create table accounts (
  id          integer generated always as identity primary key,
  login       text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  name        text not null check (length(name) between 1 and 64),
  password    text, -- argon2id in PHC form; null: signs in by no password
  active      boolean not null default true,
  demo        boolean not null default false, -- has a button on the sign-in page of a demo
  worker_id   integer unique references workers,
  version     integer not null default 1,
  created_at  timestamptz not null
);

create table duties (
  id          integer generated always as identity primary key,
  account_id  integer not null references accounts on delete cascade,
  role        text not null check (role in ('director', 'commander', 'shift-lead', 'acceptor', 'dispatcher',
    'unit-liaison', 'handler', 'grid-worker', 'grid-lead', 'mediator', 'evaluator', 'planner', 'administrator', 'auditor')),
  community   text references communities,
  grids       integer[] check (array_length(grids, 1) > 0),
  unit        text references units,
  check (num_nonnulls(community, grids, unit) <= 1), -- none of them: the whole sub-district
  check (role not in ('unit-liaison', 'handler') or unit is not null),
  check (role not in ('grid-worker') or grids is not null)
);
create index duties_account on duties (account_id);
-- Who sets rights does not judge their use.
create unique index duties_apart on duties (account_id) where role in ('administrator', 'auditor');

create table sessions (
  id          bigint generated always as identity primary key,
  token       bytea not null unique check (length(token) = 32), -- SHA-256 of what the cookie holds
  account_id  integer not null references accounts on delete cascade,
  created_at  timestamptz not null,
  seen_at     timestamptz not null,
  until       timestamptz not null, -- however often it is used
  address     text not null,
  agent       text not null,
  ended_at    timestamptz
);
create index sessions_account on sessions (account_id) where ended_at is null;

-- Attempts to sign in that failed, or that are being looked at: each is counted before its password is hashed.
create table failures (
  id       bigint generated always as identity primary key,
  login    text not null check (length(login) = 64), -- SHA-256 in hex, since people type passwords where the login belongs
  address  text not null, -- of IPv6 the first half, which is all one customer's
  at       timestamptz not null
);
create index failures_login on failures (login, at);
create index failures_address on failures (address, at);
create index failures_at on failures (at);

-- Digest of the token that makes the first administrator; the server prints the token.
create table first_run (
  token  bytea not null check (length(token) = 32)
);

-- Nobody behind the wall reads what proves who somebody is; the accounts capability does so outside it.
revoke all on sessions, failures, first_run from wangge_app;
revoke all on accounts from wangge_app;
grant select (id, login, name, active, demo, worker_id, version, created_at) on accounts to wangge_app;
revoke insert, update, delete on duties from wangge_app;

-- The account by whose duties the policies decide; null behind the wall without one, which lets nothing through.
create function acting_account() returns integer language sql stable as
  $$ select nullif(current_setting('wangge.account', true), '')::integer $$;

-- Whether the acting account has one of the roles for a grid.
create function acts_in(roles text[], grid integer) returns boolean language sql stable as $$
  select exists (
    select from duties d join accounts a on a.id = d.account_id and a.active
    where d.account_id = acting_account() and d.role = any (roles) and d.unit is null
      and (d.community is null and d.grids is null
        or grid = any (d.grids)
        or d.community = (select community from grids where id = grid)))
$$;
