select (extract(epoch from min(lower(valid))) * 1000)::float8 as at from plans where switched_at is null;
