-- Releases that the makers of systems recommend, by which the share of patched devices is told.
-- Safe while older code runs: a new table that nobody else reads, and an index.
CREATE TABLE devices_release (
    id UUID PRIMARY KEY,
    system TEXT NOT NULL,
    version TEXT NOT NULL,
    -- The day of its publication, counted since 1970-01-01.
    published_on BIGINT NOT NULL,
    note TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    entered_by UUID NOT NULL,
    ended_at BIGINT,
    ended_by UUID
);
CREATE UNIQUE INDEX devices_release_in_force ON devices_release (system, version) WHERE ended_at IS NULL;
CREATE INDEX devices_device_of_system ON devices_device (LOWER(system), body);
