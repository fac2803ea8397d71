alter table sync_progress
    add column records_deleted bigint not null default 0,
    -- Rows that only the target has, found by a comparison, and that stay there.
    add column records_extra bigint not null default 0,
    -- What to know of a table although it completed, such as an index that could not be made.
    add column remarks text[] not null default '{}';

-- What a comparison after the batch has found, as JSON.
alter table sync_batches add column verification jsonb;
