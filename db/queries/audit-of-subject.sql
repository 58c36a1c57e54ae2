select count(*) as count from steps s where s.subject = $1 and true;
