select name from json_array_elements_text($1::json) as name
where not exists (select from photos where file = name) and not exists (select from photos where thumb = name);
