-- One row for each message that somebody was sent about the end of a run.
create table notifications (
    -- Batch, run and receiver: the id that the message bears.
    id text primary key,
    receiver text not null,
    batch_id text not null,
    batch_name text not null,
    status text not null,
    sent_at timestamptz not null
);

create index notifications_by_batch on notifications (receiver, batch_name, sent_at);
