-- What a body asks of itself beyond the documents that bind it: who follows it up and how often is kept with its attestation.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE compliance_own_control (
    id TEXT PRIMARY KEY,
    body UUID NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    duty TEXT NOT NULL,
    -- What it is limited to, as the ledger names it: `service/…`; empty for everything that the body does.
    subject TEXT NOT NULL,
    cadence_days BIGINT NOT NULL,
    added_by UUID NOT NULL,
    added_at BIGINT NOT NULL,
    ended_by UUID,
    ended_at BIGINT,
    reason TEXT NOT NULL
);
CREATE UNIQUE INDEX compliance_own_control_of_body ON compliance_own_control (body, number);
