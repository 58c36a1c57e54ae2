select e.id from events e where e.reported_at >= $1::timestamptz order by e.reported_at desc, e.id desc limit $2;
