-- Recovery codes as keyed hashes; a code that was used is gone. Safe while older code runs: a new table.
CREATE TABLE identity_recovery (
    person UUID NOT NULL REFERENCES identity_person (id),
    hash BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (person, hash)
);
