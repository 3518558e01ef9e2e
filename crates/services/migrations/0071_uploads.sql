-- Files that arrive in several calls: how far each is, and where its parts lie, so that an offset that was told survives
-- everything. `arrived` moves in the transaction that names the part; `document` is set when the whole was taken in.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE upload (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    name TEXT NOT NULL,
    metadata TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    arrived BIGINT NOT NULL,
    draft UUID,
    evidence TEXT NOT NULL,
    document UUID,
    expires_at BIGINT NOT NULL
);
CREATE INDEX upload_of_person ON upload (person, id);
CREATE INDEX upload_expiry ON upload (expires_at, id);
CREATE TABLE upload_part (
    upload UUID NOT NULL,
    begins_at BIGINT NOT NULL,
    part UUID NOT NULL,
    PRIMARY KEY (upload, begins_at)
);
