-- Answers already given, by idempotency key, so that asking twice changes nothing twice.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE store_once (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    answer TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX store_once_age ON store_once (answered_at);
