-- Paper copies by post (LY-SVC-18.5a): who asked for one, where to, how often it was printed, and when and how it left.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE paper_copy (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    body UUID NOT NULL,
    recipient TEXT NOT NULL,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    phone TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    prints BIGINT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    dispatched_by UUID,
    dispatched_at BIGINT
);
-- One copy at a time is under way for a request.
CREATE UNIQUE INDEX paper_copy_open ON paper_copy (request) WHERE state = 'asked';
CREATE INDEX paper_copy_request ON paper_copy (request, id);
CREATE INDEX paper_copy_desk ON paper_copy (body, state, id);
