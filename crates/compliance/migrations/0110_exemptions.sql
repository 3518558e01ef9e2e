-- Exemptions: a body is let off articles for a time, by a decision with its reasons (LY-SVC-5.e, 19.3). Whether one is in
-- force is told by the clock, so that it ends by itself.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE compliance_exemption (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    pack TEXT NOT NULL,
    subject TEXT NOT NULL,
    justification TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    asked_by UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    reason TEXT NOT NULL,
    ended_by UUID,
    end_reason TEXT NOT NULL,
    warned_at BIGINT,
    closed_at BIGINT
);
CREATE INDEX compliance_exemption_of_body ON compliance_exemption (body, state, ends_at);
CREATE INDEX compliance_exemption_ending ON compliance_exemption (ends_at) WHERE state = 'granted' AND closed_at IS NULL;
CREATE TABLE compliance_exemption_control (
    exemption UUID NOT NULL REFERENCES compliance_exemption (id),
    control TEXT NOT NULL,
    PRIMARY KEY (exemption, control)
);
CREATE INDEX compliance_exemption_by_control ON compliance_exemption_control (control);
