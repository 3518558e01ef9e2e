-- Backups and restore tests with their results, the parts that are watched, the alerts about them, the nodes that live, and
-- the times in which nobody looked (KW-RW-9.1.2.d1, d2, e1).
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE operation_run (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    state TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    files BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    added_bytes BIGINT NOT NULL,
    said TEXT NOT NULL
);
CREATE INDEX operation_run_newest ON operation_run (started_at, id);
CREATE INDEX operation_run_of_kind ON operation_run (kind, started_at, id);
CREATE INDEX operation_run_open ON operation_run (started_at) WHERE state = 'running';

CREATE TABLE operation_component (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    word TEXT NOT NULL,
    args TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    since_at BIGINT NOT NULL
);

CREATE TABLE operation_node (
    id UUID PRIMARY KEY,
    role TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    beat_at BIGINT NOT NULL
);

CREATE TABLE operation_gap (
    id UUID PRIMARY KEY,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
CREATE INDEX operation_gap_newest ON operation_gap (from_at, id);

CREATE TABLE operation_alert (
    id UUID PRIMARY KEY,
    component TEXT NOT NULL,
    word TEXT NOT NULL,
    args TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    cleared_at BIGINT,
    acknowledged_at BIGINT,
    acknowledged_by UUID,
    note TEXT NOT NULL
);
-- While an alert about a component is open there is no second one, whichever node sees it.
CREATE UNIQUE INDEX operation_alert_open ON operation_alert (component) WHERE cleared_at IS NULL;
CREATE INDEX operation_alert_newest ON operation_alert (opened_at, id);
