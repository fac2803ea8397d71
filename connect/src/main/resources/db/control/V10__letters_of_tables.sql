alter table sync_progress
    -- Rows that the target refuses, and that are in open dead letters.
    add column dead_letters bigint not null default 0,
    -- Rows that differ because somebody edited or discarded their dead letters.
    add column records_decided bigint not null default 0;
