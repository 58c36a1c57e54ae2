-- What keeps lists and figures quick on hundreds of thousands of events.

-- Every unit that has or had the event, and so goes on seeing it. One column beside grid_id and reporter_id, because no index
-- serves an OR over two tables.
alter table events add column seen_by text[] not null default '{}';
update events e set seen_by = coalesce(
  (select array_agg(distinct a.unit order by a.unit) from assignments a where a.event_id = e.id), '{}');

create function events_seen() returns trigger language plpgsql as $$
begin
  if not new.seen_by @> new.units then
    new.seen_by := array(select distinct unit from unnest(new.seen_by || new.units) unit order by unit);
  end if;
  return new;
end $$;
create trigger events_seen before insert or update of units on events
  for each row when (new.units <> '{}') execute function events_seen();

create index events_seen_by on events using gin (seen_by) where seen_by <> '{}';
create index events_watched on events (due_at, id) where supervision > 0 or important;

-- Figures are counted in these alone.
create index events_scored on events (closed_at, due_at) where status in ('closed', 'revisited') and not unscored;
create index events_on_the_spot on events (reported_at) where on_the_spot;
