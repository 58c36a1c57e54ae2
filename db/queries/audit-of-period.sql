select count(*) as count from steps s where (s.at >= $1::timestamptz and s.at < $2::timestamptz) and true;
