-- A draft is typed on several devices and outlives versions of its form: each save moves its revision, and its notes
-- hold what another device answered, what a new version no longer asks, and the version that it was moved from
-- (LY-SVC-13.2b). Safe while older code runs: it writes neither column, and both have a default.
ALTER TABLE draft ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE draft ADD COLUMN notes TEXT NOT NULL DEFAULT '{}';
CREATE INDEX draft_saved ON draft (saved_at);
