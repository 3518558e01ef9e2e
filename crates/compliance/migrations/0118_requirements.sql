-- What a body, or the competent administration for it, asks beyond the documents: a stricter number, or a duty in words
-- (IQ-SOC-2.3, LY-MAIL-2.04b). Whether one is in force is told by the clock.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE compliance_requirement (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    parameter TEXT NOT NULL,
    demanded TEXT NOT NULL,
    duty TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    is_national BOOLEAN NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL,
    ended_by UUID,
    ended_at BIGINT,
    end_reason TEXT NOT NULL
);
CREATE INDEX compliance_requirement_of_body ON compliance_requirement (body, id);
