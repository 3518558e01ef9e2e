-- What the ledger holds by control, counted as it grows, so that no page reads the log from its beginning. The body is the
-- one that an entry names; the nil id stands for all of them.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE compliance_evidence (
    control TEXT NOT NULL,
    body UUID NOT NULL,
    entries BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    last_kind TEXT NOT NULL,
    last_index BIGINT NOT NULL,
    PRIMARY KEY (control, body)
);
CREATE INDEX compliance_evidence_of_body ON compliance_evidence (body, control);
CREATE TABLE compliance_evidence_mark (
    id BIGINT PRIMARY KEY,
    next_index BIGINT NOT NULL,
    rounds BIGINT NOT NULL
);
INSERT INTO compliance_evidence_mark (id, next_index, rounds) VALUES (1, 0, 0);
