select count(*) as count from steps s where s.actor = $1 and true;
