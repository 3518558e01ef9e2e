-- What the clocks say: for each request how much working time its office and other bodies spent, how long its
-- applicant was waited for, and what was told of its end; each visit to a stage, so that the sums can be checked; and
-- what is to happen when a time is over. Requests that were delivered before have no row and keep the date they were told.
-- Safe while older code runs: new tables. A node of the older version moves a request without its clock; the next move
-- under this version counts from the last one that it knows.
CREATE TABLE timing (
    request UUID PRIMARY KEY,
    entry UUID NOT NULL,
    body UUID NOT NULL,
    delivered_at BIGINT NOT NULL,
    limit_micros BIGINT NOT NULL,
    plain_micros BIGINT,
    shown_micros BIGINT,
    expected_at BIGINT NOT NULL,
    stage TEXT NOT NULL,
    party TEXT NOT NULL,
    since BIGINT NOT NULL,
    spent_micros BIGINT NOT NULL,
    provider_micros BIGINT NOT NULL,
    other_micros BIGINT NOT NULL,
    applicant_micros BIGINT NOT NULL,
    left_at BIGINT,
    closed_at BIGINT,
    ended BIGINT NOT NULL,
    late_at BIGINT
);
CREATE INDEX timing_ended ON timing (entry, left_at) WHERE ended = 1;
CREATE INDEX timing_open ON timing (entry, delivered_at) WHERE closed_at IS NULL;
CREATE INDEX timing_late ON timing (body, late_at, request) WHERE late_at IS NOT NULL;
CREATE INDEX timing_late_anywhere ON timing (late_at, request) WHERE late_at IS NOT NULL;

CREATE TABLE timing_visit (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    stage TEXT NOT NULL,
    party TEXT NOT NULL,
    body UUID NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    working_micros BIGINT NOT NULL
);
CREATE INDEX timing_visit_request ON timing_visit (request, id);

-- A timer is over when its clock has run for so long. While the clock stands still there is no moment at which it is due.
CREATE TABLE timer (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    stage TEXT NOT NULL,
    kind TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    after_micros BIGINT NOT NULL,
    due_at BIGINT,
    fired_at BIGINT,
    UNIQUE (request, stage, kind, ordinal)
);
