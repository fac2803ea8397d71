-- What to know of a table although it completed, such as an index that could not be made.
alter table sync_progress add column remarks text[] not null default '{}';
