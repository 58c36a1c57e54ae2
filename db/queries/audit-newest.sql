select s.xid::text || '-' || s.seq as id, to_json(s.at at time zone 'utc') #>> '{}' || 'Z' as at, s.actor, a.name,
s.role, s.step, s.subject, case when not (s.step like 'dispute%' or s.subject like 'dispute%') then s.data ->> 'reason' end as reason,
s.data ->> 'reason' is not null as "hasReason" from steps s left join accounts a on a.id = case when s.actor ~ '^account/[0-9]{1,9}$' then substr(s.actor, 9)::integer end
  where true and (s.xid, s.seq) < ($1::xid8, $2::bigint)
  order by s.xid desc, s.seq desc limit $3;
