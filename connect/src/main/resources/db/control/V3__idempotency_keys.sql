create table idempotency_keys (
    -- SHA-256 of the caller and the key that it sent.
    hash bytea primary key,
    -- SHA-256 of the request that the key stands for.
    request_hash bytea not null,
    resource_id text not null,
    reserved_at timestamptz not null
);

create index idempotency_keys_by_age on idempotency_keys (reserved_at);
