-- How long a working day was when a request's limits were worked out, so that they follow when the hours change; nought for
-- those from before, whose hours nobody has changed yet. Safe while older code runs: it neither reads nor needs the column.
ALTER TABLE timing ADD COLUMN day_micros BIGINT NOT NULL DEFAULT 0;
CREATE INDEX timing_running ON timing (request) WHERE closed_at IS NULL;
