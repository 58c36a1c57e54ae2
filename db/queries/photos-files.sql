select file, thumb from photos where id = $1::bigint and event_id = $2::bigint;
