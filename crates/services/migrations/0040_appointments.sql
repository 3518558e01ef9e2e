-- Personal collection by appointment (LY-SVC-18.5b): when a body receives people for a service, how many at once, and
-- who comes. A slot's row is locked while somebody takes a place, so that a place is never given twice.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE appointment_plan (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    entry UUID NOT NULL,
    place_ar TEXT NOT NULL,
    place_en TEXT NOT NULL,
    days BIGINT NOT NULL,
    opens_minute BIGINT NOT NULL,
    closes_minute BIGINT NOT NULL,
    slot_minutes BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX appointment_plan_entry ON appointment_plan (entry, ended_at);
CREATE INDEX appointment_plan_body ON appointment_plan (body, ended_at);

CREATE TABLE appointment_slot (
    plan UUID NOT NULL,
    starts_at BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY (plan, starts_at)
);

CREATE TABLE appointment (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    body UUID NOT NULL,
    plan UUID NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    booked_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    reminded_at BIGINT,
    collected_by TEXT,
    collected_identifier TEXT,
    handed_over_by UUID,
    handed_over_at BIGINT
);
CREATE UNIQUE INDEX appointment_booked ON appointment (request) WHERE state = 'booked';
CREATE INDEX appointment_request ON appointment (request, id);
CREATE INDEX appointment_day ON appointment (body, starts_at, id);
