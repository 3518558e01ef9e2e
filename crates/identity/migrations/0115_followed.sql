-- Whether a system outside asked to be told when a session ends.
-- Safe while older code runs: it leaves the column out, and a session that it ends is told of when its time is over.
ALTER TABLE identity_session ADD COLUMN followed BOOLEAN NOT NULL DEFAULT FALSE;
