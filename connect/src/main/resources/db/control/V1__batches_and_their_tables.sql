create table sync_batches (
    batch_id text primary key,
    name text not null,
    status text not null check (status in ('running', 'completed', 'failed', 'interrupted')),
    paused boolean not null,
    total_tables integer not null,
    completed_tables integer not null,
    failed_tables integer not null,
    skipped_tables integer not null,
    options jsonb not null,
    spec jsonb not null,
    requested_by text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    duration_seconds double precision
        generated always as (extract(epoch from ended_at - started_at)) stored,
    -- When the state was taken, by the clock of the Temporal server; an older state never
    -- overwrites a newer one.
    recorded_at timestamptz not null
);

create index sync_batches_newest on sync_batches (started_at desc, batch_id desc);
create index sync_batches_by_name on sync_batches (name, started_at desc, batch_id desc);
create index sync_batches_running on sync_batches (batch_id) where status = 'running';

create table sync_progress (
    batch_id text not null references sync_batches (batch_id) on delete cascade,
    connection_name text not null,
    schema_name text not null,
    table_name text not null,
    model_name text not null,
    target_table text not null,
    position integer not null,
    status text not null
        check (status in ('pending', 'in_progress', 'completed', 'failed', 'skipped')),
    records_processed bigint not null,
    records_inserted bigint not null,
    records_updated bigint not null,
    records_skipped bigint not null,
    estimated_rows bigint not null,
    error_code text,
    error_message text,
    remedy text,
    retry_count integer not null,
    started_at timestamptz,
    ended_at timestamptz,
    duration_seconds double precision
        generated always as (extract(epoch from ended_at - started_at)) stored,
    primary key (batch_id, connection_name, schema_name, table_name)
);
