-- How many rows an export will have and how long its parts took, so that its page can say how long the rest takes; and
-- exports that their owner stopped, which is a new word in a column that has words already.
-- Safe while older code runs: an older node leaves both columns at their defaults.
ALTER TABLE export ADD COLUMN expected BIGINT;
ALTER TABLE export ADD COLUMN spent_micros BIGINT NOT NULL DEFAULT 0;
