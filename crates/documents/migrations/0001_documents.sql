-- Files that people and bodies hand in or receive. The bytes lie encrypted in the object store; a row says whose
-- they are, what they are and how long they are kept. The row is the answer: bytes without a row do not exist.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE document (
    id UUID PRIMARY KEY,
    owner UUID NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL,
    classification TEXT,
    retention_until BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX document_of_owner ON document (owner, id);
-- The sweep walks only what is still there.
CREATE INDEX document_retention ON document (retention_until, id) WHERE state IN ('clean', 'unscanned');
CREATE INDEX document_removing ON document (id) WHERE state = 'removing';
-- How many files an owner keeps, counted in the transaction that adds or removes one, so that the limit holds
-- when many arrive at once.
CREATE TABLE document_owner (
    owner UUID PRIMARY KEY,
    files BIGINT NOT NULL
);
