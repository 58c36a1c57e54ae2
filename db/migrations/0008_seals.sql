-- Seals on the trail: each closes the steps since the one before it into a chain of hashes, so that a later edit, deletion,
-- insertion or reordering shows, whoever made it and with whatever right.

create table seals (
  n      bigint primary key check (n > 0), -- counts from 1 without a gap
  xid    xid8 not null, -- of the last step that it covers, with its seq
  seq    bigint not null,
  count  integer not null check (count > 0),
  hash   bytea not null check (length(hash) = 32), -- SHA-256 of the hash before, the seal's own columns and every step
  marks  bytea not null check (length(marks) = 8 * count), -- begins of the steps' own hashes: they tell which line is wrong
  at     timestamptz not null,
  unique (xid, seq)
);

create trigger seals_append_only before update or delete or truncate on seals
  for each statement execute function steps_refuse();
revoke insert, update, delete, truncate on seals from wangge_app;

-- The auditor's view: newest first, by person.
create index steps_actor on steps (actor, xid, seq);
create index steps_at on steps (at);
