-- Which documents bind which body, what its people confirm and how often, and every confirmation with its words.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE compliance_assignment (
    pack TEXT NOT NULL,
    body UUID NOT NULL,
    from_at BIGINT NOT NULL,
    assigned_by UUID,
    assigned_at BIGINT NOT NULL,
    PRIMARY KEY (body, pack)
);
-- `person` is empty where the head of the body confirms. `asked_at` is when they were told that it comes due.
CREATE TABLE compliance_attestation (
    control TEXT NOT NULL,
    body UUID NOT NULL,
    person UUID,
    opened_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    outcome TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    asked_at BIGINT,
    reminded_at BIGINT,
    PRIMARY KEY (body, control)
);
CREATE INDEX compliance_attestation_due ON compliance_attestation (due_at, body, control);
CREATE TABLE compliance_confirmation (
    id UUID PRIMARY KEY,
    control TEXT NOT NULL,
    body UUID NOT NULL,
    person UUID NOT NULL,
    outcome TEXT NOT NULL,
    words TEXT NOT NULL,
    document UUID,
    file_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX compliance_confirmation_of ON compliance_confirmation (body, control, id);
