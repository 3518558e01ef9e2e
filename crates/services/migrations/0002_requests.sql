-- Requests from draft to output. A request's answers and documents never leave its row; lists read narrow indexes.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE draft (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    entry UUID NOT NULL,
    entry_version BIGINT NOT NULL,
    entity UUID,
    answers TEXT NOT NULL,
    documents TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    sent_as TEXT
);
CREATE INDEX draft_person ON draft (person, entry);

CREATE TABLE request (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    entry UUID NOT NULL,
    entry_version BIGINT NOT NULL,
    body UUID NOT NULL,
    applicant UUID NOT NULL,
    entity UUID,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    answers TEXT NOT NULL,
    documents TEXT NOT NULL,
    checks TEXT NOT NULL,
    assurance BIGINT NOT NULL,
    declaration TEXT NOT NULL,
    acknowledgement TEXT NOT NULL,
    delivered_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    returned_at BIGINT,
    closed_at BIGINT
);
CREATE INDEX request_applicant ON request (applicant, id);
CREATE INDEX request_body ON request (body, state, id);

-- What happened to a request after its delivery, in order: the timeline that its applicant follows (LY-SVC-16.3).
CREATE TABLE request_step (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor UUID,
    note TEXT NOT NULL
);
CREATE INDEX request_step_request ON request_step (request, id);

CREATE TABLE task (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    body UUID NOT NULL,
    kind TEXT NOT NULL,
    holder UUID,
    opened_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX task_request ON task (request);
CREATE INDEX task_open ON task (body, done_at, due_at, id);

CREATE TABLE output (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    part TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    document UUID NOT NULL,
    statement TEXT NOT NULL,
    leaf UUID NOT NULL,
    delivered_at BIGINT NOT NULL,
    UNIQUE (request, part)
);
