-- Appeals: against a refusal or a delay, decided by the head of the body (four eyes).
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE appeal (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    body UUID NOT NULL,
    against TEXT NOT NULL,
    grounds TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    reasons TEXT NOT NULL,
    remedy TEXT NOT NULL,
    decided_by UUID,
    decided_at BIGINT
);
-- One appeal against a refusal, one against a delay: a second is refused, whoever is faster.
CREATE UNIQUE INDEX appeal_request ON appeal (request, against);
CREATE INDEX appeal_desk ON appeal (body, decided_at, due_at, id);
