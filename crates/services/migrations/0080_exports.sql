-- Lists that people asked to take out: how far each has come, and the encrypted parts that it is made of.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE export (
    id UUID PRIMARY KEY,
    owner UUID NOT NULL,
    list TEXT NOT NULL,
    -- What narrows the list, as JSON.
    narrowed TEXT NOT NULL,
    form TEXT NOT NULL,
    language TEXT NOT NULL,
    assurance BIGINT NOT NULL,
    state TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    -- Where the last part ended; a worker that takes over goes on there.
    continues TEXT,
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX export_owner ON export (owner, id DESC);
CREATE TABLE export_part (
    export UUID NOT NULL REFERENCES export (id),
    place BIGINT NOT NULL,
    document UUID NOT NULL,
    PRIMARY KEY (export, place)
);
