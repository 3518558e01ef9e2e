-- An officer finds the next case among very many without the request's own row: what a queue is narrowed and ordered by
-- stands on the task, and the words of a request lie beside it. Safe while older code runs: columns with defaults.
ALTER TABLE task ADD COLUMN entry UUID;
ALTER TABLE task ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN place_at BIGINT NOT NULL DEFAULT 0;
UPDATE task SET place_at = due_at,
    entry = (SELECT r.entry FROM request r WHERE r.id = task.request),
    received_at = (SELECT r.delivered_at FROM request r WHERE r.id = task.request);
CREATE INDEX task_place ON task (body, role, place_at, id) WHERE done_at IS NULL;
CREATE INDEX task_service ON task (body, role, entry, place_at, id) WHERE done_at IS NULL;
CREATE INDEX task_received ON task (body, role, received_at, id) WHERE done_at IS NULL;
CREATE INDEX task_late ON task (body, role, due_at) WHERE done_at IS NULL;
CREATE INDEX task_holder ON task (holder, body) WHERE done_at IS NULL;
CREATE INDEX task_done ON task (body, done_at);
CREATE INDEX request_body_delivered ON request (body, delivered_at);

-- The stems of what a request says, so that its body finds it by a name, a number or a word.
CREATE TABLE request_stem (
    body UUID NOT NULL,
    stem TEXT NOT NULL,
    request UUID NOT NULL,
    PRIMARY KEY (body, stem, request)
);
CREATE INDEX request_stem_request ON request_stem (request);

-- By which rule a task finds its officer, and who is away.
CREATE TABLE assignment_rule (
    body UUID NOT NULL,
    role TEXT NOT NULL,
    entry UUID NOT NULL,
    way TEXT NOT NULL,
    last UUID,
    PRIMARY KEY (body, role, entry)
);
CREATE TABLE assignment_absence (
    person UUID NOT NULL,
    body UUID NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (person, body)
);

-- What an officer asks of the queue often, kept under a name; with a body it is everybody's there.
CREATE TABLE desk_view (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    body UUID,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE INDEX desk_view_person ON desk_view (person);
CREATE INDEX desk_view_body ON desk_view (body);

-- Sentences that a body writes once and its officers send often.
CREATE TABLE canned_text (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    used_for TEXT NOT NULL,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    revision BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX canned_text_body ON canned_text (body, used_for);

-- What a colleague or another unit advises on a case; asked with a deadline, never binding.
CREATE TABLE advice (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    body UUID NOT NULL,
    asked_by UUID NOT NULL,
    person UUID,
    unit UUID,
    question TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer TEXT NOT NULL,
    answered_by UUID,
    answered_at BIGINT
);
CREATE INDEX advice_request ON advice (request, id);
CREATE INDEX advice_open ON advice (body, due_at) WHERE answered_at IS NULL;

-- Who read a request at a body, in which role and for which purpose (LY-SVC-6.4b).
CREATE TABLE reading (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    person UUID NOT NULL,
    body UUID NOT NULL,
    role TEXT NOT NULL,
    purpose TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX reading_request ON reading (request, id);
CREATE INDEX reading_person ON reading (request, person, id);
