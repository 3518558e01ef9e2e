-- Devices, the baseline that they are measured by, what falls short of it, and reports of loss.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE devices_device (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    holder UUID NOT NULL,
    name TEXT NOT NULL,
    ownership TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What opens the enrolment once, as its hash.
    code_hash BYTEA UNIQUE,
    code_expires_at BIGINT,
    -- The public half of the device's key, and the name by which its letters name it.
    key_id TEXT UNIQUE,
    key_line TEXT NOT NULL,
    enrolled_at BIGINT,
    -- When its holder last accepted the rules of care; absent when that is to be done.
    accepted_at BIGINT,
    approved_at BIGINT,
    approved_by UUID,
    system TEXT NOT NULL,
    version TEXT NOT NULL,
    reported_at BIGINT,
    -- From when on what falls short of the baseline shuts it out.
    refused_from BIGINT,
    registered_at BIGINT NOT NULL,
    registered_by UUID NOT NULL,
    -- Why it was refused, lost or retired.
    closing TEXT NOT NULL,
    -- Stems to find it by.
    words TEXT NOT NULL
);
CREATE INDEX devices_device_of_holder ON devices_device (holder, id);
CREATE INDEX devices_device_of_body ON devices_device (body, state, id);
CREATE INDEX devices_device_accepted ON devices_device (accepted_at) WHERE accepted_at IS NOT NULL;
-- A task to mend; one open for each device and thing.
CREATE TABLE devices_gap (
    id UUID PRIMARY KEY,
    device UUID NOT NULL REFERENCES devices_device (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    found TEXT NOT NULL,
    asked TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX devices_gap_open ON devices_gap (device, kind, name) WHERE closed_at IS NULL;
CREATE TABLE devices_rule (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    least TEXT NOT NULL,
    why TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by UUID NOT NULL,
    ended_at BIGINT,
    ended_by UUID,
    -- How far holders were told of its making or its end: the last of them.
    told_to UUID
);
CREATE UNIQUE INDEX devices_rule_in_force ON devices_rule (kind, name) WHERE ended_at IS NULL;
CREATE TABLE devices_loss (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    device UUID REFERENCES devices_device (id),
    lost_at BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    reported_by UUID NOT NULL,
    words TEXT NOT NULL,
    enabled_at BIGINT,
    enabled_by UUID,
    reason TEXT NOT NULL
);
CREATE INDEX devices_loss_of_person ON devices_loss (person, id);
-- By which a device shows itself in a session, once.
CREATE TABLE devices_ticket (
    hash BYTEA PRIMARY KEY,
    device UUID NOT NULL REFERENCES devices_device (id),
    expires_at BIGINT NOT NULL
);
-- Letters that counted already, as long as their signature is young enough to be sent again.
CREATE TABLE devices_letter (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX devices_letter_age ON devices_letter (at);
