-- The log: entries in the order in which they were committed, the tiles of the Merkle tree over their
-- commitments, and every signed checkpoint. The one row of ledger_head is the lock under which a node
-- sequences, and what the next round starts from.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE ledger_entry (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor UUID,
    controls TEXT NOT NULL,
    body TEXT,
    salt BYTEA,
    commitment BYTEA NOT NULL,
    at BIGINT NOT NULL,
    idx BIGINT
);
CREATE INDEX ledger_entry_subject ON ledger_entry (subject, id);
CREATE INDEX ledger_entry_waiting ON ledger_entry (id) WHERE idx IS NULL;
CREATE UNIQUE INDEX ledger_entry_idx ON ledger_entry (idx) WHERE idx IS NOT NULL;

CREATE TABLE ledger_tile (
    level BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    width BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (level, idx)
);

CREATE TABLE ledger_checkpoint (
    size BIGINT PRIMARY KEY,
    root BYTEA NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY,
    size BIGINT NOT NULL,
    root BYTEA,
    at BIGINT NOT NULL
);
INSERT INTO ledger_head (id, size, at) VALUES (1, 0, 0);
