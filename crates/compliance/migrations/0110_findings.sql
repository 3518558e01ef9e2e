-- Findings: what was found not to hold at a body, who has to answer for it and by when, and who closed it.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE compliance_finding (
    id UUID PRIMARY KEY,
    key TEXT NOT NULL,
    control TEXT NOT NULL,
    body UUID NOT NULL,
    subject TEXT NOT NULL,
    what_ar TEXT NOT NULL,
    what_en TEXT NOT NULL,
    severity BIGINT NOT NULL,
    owner UUID,
    opened_by UUID,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by UUID,
    answered_at BIGINT,
    closing TEXT NOT NULL,
    closed_by UUID,
    closed_at BIGINT,
    times BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    reminded_at BIGINT,
    words TEXT NOT NULL
);
-- The same thing is open once, whoever finds it first.
CREATE UNIQUE INDEX compliance_finding_once ON compliance_finding (key) WHERE state <> 'closed';
CREATE INDEX compliance_finding_due ON compliance_finding (due_at, id);
CREATE INDEX compliance_finding_of_body ON compliance_finding (body, due_at, id);
CREATE INDEX compliance_finding_of_control ON compliance_finding (control, body);
CREATE INDEX compliance_finding_late ON compliance_finding (due_at) WHERE state = 'open' AND reminded_at IS NULL;
