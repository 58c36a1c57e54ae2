select o.seq, o.parent, o.version as gesture, o.op, a.name as by, to_char(o.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
from scenario_ops o left join accounts a on a.id = o.account_id
where o.scenario_id = $1 and o.version > $2 order by o.seq;
