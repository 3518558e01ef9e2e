-- Work that a verb ordered in its own transaction, and how much of it was done each day.
-- Safe while older code runs: new tables that nobody else reads.
-- `due_at` is when a worker may next take the job: its run time, the time of the next attempt, or, while a worker
-- holds it, the end of that worker's lease. So one index answers "what may be taken now", even after a crash.
CREATE TABLE job (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    holder UUID,
    reason TEXT,
    failed_at BIGINT
);
CREATE UNIQUE INDEX job_once ON job (kind, key) WHERE state = 'open';
CREATE INDEX job_due ON job (due_at, id) WHERE state = 'open';
CREATE INDEX job_dead ON job (id) WHERE state = 'dead';
CREATE TABLE job_done (
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (kind, day)
);
