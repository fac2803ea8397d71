create table api_keys (
    id text primary key,
    name text not null,
    role text not null check (role in ('viewer', 'operator', 'admin')),
    -- SHA-256 of the key. The key has 256 random bits, so that no salt and no slow hash is needed.
    hash bytea not null unique,
    created_by text not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
