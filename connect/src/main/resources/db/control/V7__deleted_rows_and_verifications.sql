alter table sync_progress
    add column records_deleted bigint not null default 0,
    -- Rows that only the target has, found by a comparison, and that stay there.
    add column records_extra bigint not null default 0,
    -- What people should know of how the table was synced.
    add column note text;

-- What a comparison after the batch has found, as JSON.
alter table sync_batches add column verification jsonb;
